// A master and the process that loads it, for the time of a benchmark.
import { LoadProcess } from "../load/load-process.ts";
import { freePort } from "./free-port.ts";
import { MezzoProcess } from "./mezzo-process.ts";

export interface LoadedMaster {
  master: MezzoProcess;
  load: LoadProcess;
}

/** Starts both, and ends both whatever happens. */
export async function withMaster<T>(use: (loaded: LoadedMaster) => Promise<T>): Promise<T> {
  const master = new MezzoProcess("master", { port: await freePort() });
  try {
    await master.start();
    const load = await LoadProcess.start(master.port);
    try {
      return await use({ master, load });
    } finally {
      await load.end();
    }
  } finally {
    await master.remove();
  }
}
