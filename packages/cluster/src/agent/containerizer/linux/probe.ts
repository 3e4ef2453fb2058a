// Finds out whether containers really run on this machine: that the programs are there proves nothing.
import { mkdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { describeSystemError } from "../../../core/describe-system-error.ts";
import type { ContainerConfig, Termination } from "../containerizer.ts";
import { DEFAULT_PATH } from "../posix/command-line.ts";

/** What is asked of the driver. */
export interface Probed {
  launch(config: ContainerConfig): Promise<unknown>;
  onExit(listener: (termination: Termination) => void): void;
}

/** Runs `true` in a container. Rejects with what went wrong and what can be done. */
export async function probe(driver: Probed, { runtimeDir }: { runtimeDir: string }): Promise<void> {
  const containerId = `probe-${process.pid}`;
  const sandbox = join(runtimeDir, containerId);
  try {
    mkdirSync(sandbox, { recursive: true });
    const ended = new Promise<Termination>((resolve) => {
      driver.onExit((termination) => {
        if (termination.containerId === containerId) resolve(termination);
      });
    });
    await driver.launch({
      containerId,
      command: { shell: false, value: "true" },
      environment: { PATH: DEFAULT_PATH },
      sandbox,
      runtimeDir: join(runtimeDir, "containers", containerId),
      resources: [],
    });
    const { exitCode, signal, message } = await ended;
    if (exitCode !== 0) {
      const how = exitCode === undefined ? (message ?? `signal ${signal}`) : `exit code ${exitCode}`;
      throw new Error(`'true' ended with ${how}: ${readFileSync(join(sandbox, "stderr"), "utf8").trim()}`);
    }
  } catch (error) {
    throw new Error(
      `The linux launcher cannot run containers on this machine: ${describeSystemError(error)}. ` +
        "Use --launcher=posix, or fewer isolators in --isolation",
      { cause: error },
    );
  } finally {
    for (const path of [sandbox, join(runtimeDir, "containers", containerId)])
      rmSync(path, { recursive: true, force: true });
  }
}
