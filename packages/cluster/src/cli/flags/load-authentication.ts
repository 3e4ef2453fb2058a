// The authentication a master is asked for, with the credentials it needs.
import { failure, success, type Result } from "@mezzo/wire";
import type { ReadText } from "../../core/flags/parse-flag-value.ts";
import { readCredentials, type Secrets } from "./read-credentials.ts";

/** The flags this looks at. @see masterSecurityFlags */
export interface AuthenticationFlags {
  credentials: string | undefined;
  http_authenticators: string;
  http_framework_authenticators: string | undefined;
  authenticate_http_readonly: boolean;
  authenticate_http_readwrite: boolean;
  authenticate_http_frameworks: boolean;
}

/**
 * The credentials, if the flags name some; an error when authentication is asked for without, in Mesos' words.
 * @see Mesos src/master/master.cpp, src/common/http.cpp
 */
export function loadAuthentication(
  flags: AuthenticationFlags,
  readText: ReadText,
): Result<{ credentials?: Secrets }> {
  if (flags.authenticate_http_frameworks && flags.http_framework_authenticators === undefined) {
    return failure(
      "Missing `--http_framework_authenticators` flag. This must be used in conjunction with " +
        "`--authenticate_http_frameworks`",
    );
  }
  if (flags.credentials !== undefined) {
    const secrets = readCredentials(flags.credentials, readText);
    return secrets.ok ? success({ credentials: secrets.value }) : secrets;
  }
  const realms: [boolean, string][] = [
    [flags.authenticate_http_readonly, "mesos-master-readonly"],
    [flags.authenticate_http_readwrite, "mesos-master-readwrite"],
    [flags.authenticate_http_frameworks, "mesos-master-scheduler"],
  ];
  const realm = realms.find(([asked]) => asked)?.[1];
  if (realm === undefined) return success({});
  const name = flags.http_authenticators;
  return failure(
    `Failed to create HTTP authenticator module '${name}': No credentials provided for the default '${name}' ` +
      `HTTP authenticator for realm '${realm}'`,
  );
}
