// Entry of the `mezzo` command: keeps compiled code in a cache of the user's, then runs the command named first.
import { enableCompileCache } from "node:module";

const cacheHome =
  process.env["XDG_CACHE_HOME"] ??
  (process.env["HOME"] === undefined ? undefined : `${process.env["HOME"]}/.cache`);
// Never the shared temporary directory: what lies there could be another user's code.
if (cacheHome?.startsWith("/")) enableCompileCache(`${cacheHome}/mezzo/compiled`);

const { runCommand } = await import("./run-command.ts");
await runCommand(process.argv.slice(2));
