// A word to operators whose file of secrets everybody can read.
import { statSync } from "node:fs";
import type { Logger } from "../core/logger.ts";
import { credentialsPath } from "./flags/read-credentials.ts";

/** Read, write and execute of those who are neither the owner nor of the group. */
const OTHERS = 0o007;

/** Warns when the file that `--credentials` names is open to others. @see Mesos src/credentials/credentials.hpp */
export function warnOfReadableSecrets(flag: string | undefined, logger: Logger): void {
  if (flag === undefined) return;
  const file = credentialsPath(flag);
  const mode = statSync(file, { throwIfNoEntry: false })?.mode ?? 0;
  if ((mode & OTHERS) === 0) return;
  logger.warn("Permissions on the credentials file are too open: it should not be accessible by others", {
    file,
  });
}
