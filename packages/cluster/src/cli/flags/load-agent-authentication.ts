// What an agent authenticates others with, and itself towards its master, from the files its flags name.
import { failure, success, type Result } from "@mezzo/wire";
import type { AgentOptions } from "../../agent/options.ts";
import type { ReadText } from "../../core/flags/parse-flag-value.ts";
import { withoutUndefined } from "../../core/without-undefined.ts";
import { credentialsPath, readCredential, readCredentials } from "./read-credentials.ts";

/** The flags this looks at. @see securityFlags */
export interface AgentAuthenticationFlags {
  credential: string | undefined;
  http_credentials: string | undefined;
  http_authenticators: string | undefined;
  jwt_secret_key: string | undefined;
  authenticate_http_readonly: boolean;
  authenticate_http_readwrite: boolean;
  authenticate_http_executors: boolean | undefined;
}

/** The options these files make, or what is wrong with them. */
export type AgentAuthentication = Pick<AgentOptions, "credential" | "httpCredentials" | "jwtSecretKey">;

/** Reads them; errors are Mesos' where it has some. @see Mesos src/slave/slave.cpp Slave::initialize */
export function loadAgentAuthentication(
  flags: AgentAuthenticationFlags,
  readText: ReadText,
): Result<AgentAuthentication> {
  const credential = optional(flags.credential, (path) => readCredential(path, readText));
  if (!credential.ok) return credential;
  const secrets = optional(flags.http_credentials, (path) =>
    readCredentials(path, readText, "--http_credentials"),
  );
  if (!secrets.ok) return secrets;
  const key = optional(flags.jwt_secret_key, (path) => readKey(path, readText));
  if (!key.ok) return key;
  if (flags.authenticate_http_executors === true && key.value === undefined) {
    return failure("--jwt_secret_key must be specified when --authenticate_http_executors is set to true");
  }
  const realms: [boolean, string][] = [
    [flags.authenticate_http_readonly, "mesos-agent-readonly"],
    [flags.authenticate_http_readwrite, "mesos-agent-readwrite"],
  ];
  const realm = realms.find(([asked]) => asked)?.[1];
  if (realm !== undefined && secrets.value === undefined && key.value === undefined) {
    return failure(`No credentials provided for the default 'basic' HTTP authenticator for realm '${realm}'`);
  }
  return success(
    withoutUndefined({
      credential: credential.value,
      httpCredentials: secrets.value,
      jwtSecretKey: key.value,
    }),
  );
}

function optional<T>(path: string | undefined, read: (path: string) => Result<T>): Result<T | undefined> {
  return path === undefined ? success(undefined) : read(path);
}

function readKey(flag: string, readText: ReadText): Result<string> {
  const path = credentialsPath(flag);
  const text = readText(path);
  if (!text.ok) return failure(`Failed to read the file specified by --jwt_secret_key: ${text.error}`);
  return text.value === "" ? failure(`The file '${path}' is empty (see --jwt_secret_key flag)`) : text;
}
