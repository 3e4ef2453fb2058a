// `mezzo execute`: one command, task or task group, from submission to its end.
import { userInfo } from "node:os";
import { Scheduler } from "@mezzo/sdk";
import { systemClock } from "../../core/clock.ts";
import { helpText } from "../../core/flags/help-text.ts";
import { type LoadedFlags, loadFlags } from "../../core/flags/load-flags.ts";
import { thisMachine } from "../../core/machine.ts";
import { buildFramework } from "../execute/build-framework.ts";
import { buildWork, type Work } from "../execute/build-work.ts";
import { executeWork } from "../execute/execute-work.ts";
import { uploadPackage } from "../execute/upload-package.ts";
import { fail } from "../fail.ts";
import { executeFlags } from "../flags/execute-flags.ts";
import { onSignals } from "../on-signals.ts";

type Values = LoadedFlags<typeof executeFlags>["values"];

const USAGE = "Usage: mezzo execute --master=host:port --name=NAME --command=COMMAND [flags]";
/** Of a process that Ctrl-C ended, as shells say it. */
const INTERRUPTED = 130;

const MEDIA_TYPES: Readonly<Record<string, "application/json" | "application/x-protobuf">> = {
  json: "application/json",
  "application/json": "application/json",
  protobuf: "application/x-protobuf",
  "application/x-protobuf": "application/x-protobuf",
};

const misuse = (reason: string): number =>
  fail(`${reason}\n\n${USAGE}\n\`mezzo execute --help\` lists the flags.`);

/** Where --package names one and the command is no --task of its own. */
async function addPackage({ tasks }: Work, values: Values): Promise<void> {
  const { package: file, hadoop, hdfs, overwrite } = values;
  const command =
    values.task === undefined && values.task_group === undefined ? tasks[0]?.command : undefined;
  if (file === undefined || command === undefined) return;
  const value = await uploadPackage({ file, hadoop, hdfs, overwrite, user: userInfo().username });
  command.uris = [{ value }];
}

/** Runs the command and gives 0 when it succeeded, 1 when it did not or the flags are wrong, 130 after Ctrl-C. */
export async function runExecute(args: readonly string[]): Promise<number> {
  if (args.includes("--help") || args.includes("-h")) {
    process.stdout.write(helpText(executeFlags, USAGE));
    return 0;
  }
  const loaded = loadFlags(executeFlags, { args, environment: {}, readText: thisMachine().readText });
  if (!loaded.ok) return misuse(loaded.error);
  const { values } = loaded.value;
  if (values.master === undefined) return misuse("Flag 'master' is required, but it was not provided");
  const work = buildWork(loaded.value);
  if (!work.ok) return misuse(work.error);
  const mediaType = MEDIA_TYPES[values.content_type];
  if (mediaType === undefined) return fail(`Invalid content type '${values.content_type}'`);
  const framework = buildFramework(values, userInfo().username);
  if (!framework.ok) return fail(framework.error);
  try {
    await addPackage(work.value, values);
    const { principal, secret } = values;
    const credential = principal === undefined || secret === undefined ? undefined : { principal, secret };
    const scheduler = new Scheduler({
      master: values.master,
      framework: framework.value,
      mediaType,
      acknowledge: false,
      ...(credential !== undefined && { credential }),
    });
    scheduler.on("retrying", ({ reason }) => void process.stderr.write(`Trying again: ${reason}\n`));
    let interrupted = false;
    onSignals(["SIGINT", "SIGTERM"], () => {
      interrupted = true;
      // Without a subscription nothing was launched that would have to be ended.
      void scheduler.teardown();
    });
    const options = {
      work: work.value,
      role: values.role,
      killAfterMs: values.kill_after,
      networks: (values.networks ?? "").split(",").filter((each) => each !== ""),
    };
    const succeeded = await executeWork(options, {
      scheduler,
      clock: systemClock,
      print: (line) => void process.stdout.write(`${line}\n`),
      remark: (line) => void process.stderr.write(`${line}\n`),
    });
    if (interrupted) return INTERRUPTED;
    return succeeded ? 0 : 1;
  } catch (error) {
    return fail(error);
  }
}
