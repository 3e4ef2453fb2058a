// Debian packages that a suite needs: installed when that is possible, otherwise the suite is skipped by name.
import { existsSync } from "node:fs";
import { runCommand, type Suite } from "./suite.ts";

/** A package and a file that shows that it is there. */
export type SystemPackages = Readonly<Record<string, string>>;

let listsAreNew = false;

async function install(names: readonly string[]): Promise<boolean> {
  const environment = { DEBIAN_FRONTEND: "noninteractive" };
  if (!listsAreNew) await runCommand(["apt-get", "update", "-qq"], environment);
  listsAreNew = true;
  const command = ["apt-get", "install", "-qq", "-y", "--no-install-recommends", ...names];
  return (await runCommand(command, environment)).exitCode === 0;
}

/** Why the suite cannot run here, or undefined when everything that it needs is there. */
async function whyMissing(packages: SystemPackages): Promise<string | undefined> {
  const missing = (): string[] =>
    Object.entries(packages)
      .filter(([, file]) => !existsSync(file))
      .map(([name]) => name);
  const names = missing();
  if (names.length === 0) return undefined;
  const able = process.getuid?.() === 0 && existsSync("/etc/debian_version");
  if (able && (await install(names)) && missing().length === 0) return undefined;
  return `needs ${missing().join(", ")}${able ? "" : ", which root on Debian would install"}`;
}

/** The same suite, run as root where `packages` are there or can be installed, and skipped by name elsewhere. */
export function withSystemPackages(suite: Suite, packages: SystemPackages): Suite {
  return {
    ...suite,
    run: async () => {
      const why = process.getuid?.() === 0 ? await whyMissing(packages) : "needs root";
      if (why === undefined) return suite.run();
      console.log(`skipped: ${suite.name} ${why}`);
      return { passed: 0, failed: 0, skipped: 1, note: why };
    },
  };
}
