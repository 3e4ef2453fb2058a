// `mezzo registry`: takes the registry of a stopped master to another place: a snapshot, its restoration, another storage.
import { withoutCredentials } from "@mezzo/sdk";
import { helpText } from "../../core/flags/help-text.ts";
import { loadFlags } from "../../core/flags/load-flags.ts";
import { thisMachine } from "../../core/machine.ts";
import { fail } from "../fail.ts";
import { registryFlags } from "../flags/registry-flags.ts";
import {
  emptyPlace,
  openRegistrySource,
  openRegistryTarget,
  type RegistryPlace,
} from "../registry/registry-place.ts";

const USAGE = "Usage: mezzo registry {--from=PLACE | --initialize} --to=PLACE [--replace]";

/** Copies every record; 0, or 1 when it could not, and then nothing at --from has changed. */
export async function runRegistry(args: readonly string[]): Promise<number> {
  if (args.includes("--help") || args.includes("-h")) {
    process.stdout.write(helpText(registryFlags, USAGE));
    return 0;
  }
  const loaded = loadFlags(registryFlags, { args, environment: {}, readText: thisMachine().readText });
  if (!loaded.ok) return fail(`${loaded.error}\n\n${USAGE}`);
  const { from, to, initialize, replace } = loaded.value.values;
  if (to === undefined || (from === undefined) !== initialize)
    return fail(`Cannot move a registry: --to and either --from or --initialize are needed\n\n${USAGE}`);
  const opened: RegistryPlace[] = [];
  try {
    const source = from === undefined ? emptyPlace : await openRegistrySource(from);
    opened.push(source);
    const records = await source.read();
    const target = await openRegistryTarget(to);
    opened.push(target);
    const there = await target.read();
    if (there.size > 0 && !replace) {
      return fail(
        `Cannot write a registry to ${withoutCredentials(to)}: it holds ${there.size} records; --replace replaces them`,
      );
    }
    await target.write(records);
    const origin = from === undefined ? "" : ` from ${withoutCredentials(from)}`;
    process.stdout.write(`${records.size} records${origin} to ${withoutCredentials(to)}\n`);
    return 0;
  } catch (error) {
    return fail(error);
  } finally {
    for (const place of opened) await place.close();
  }
}
