// Commands and their environments. Follows src/common/validation.cpp.
import { fromBase64 } from "../codec/bytes.ts";
import type { CommandInfo, Environment, EnvironmentVariable, Secret } from "../messages.gen.ts";
import { firstError } from "./prefixed.ts";

/** Checks that a secret holds what its type says. */
export function validateSecret(secret: Secret): string | undefined {
  const { type, reference, value } = secret;
  if (type === "REFERENCE") {
    if (reference === undefined) return "Secret of type REFERENCE must have the 'reference' field set";
    if (value !== undefined) {
      return `Secret '${reference.name}' of type REFERENCE must not have the 'value' field set`;
    }
  }
  if (type === "VALUE") {
    if (value === undefined) return "Secret of type VALUE must have the 'value' field set";
    if (reference !== undefined) return "Secret of type VALUE must not have the 'reference' field set";
  }
  return undefined;
}

function validateSecretVariable({ name, value, secret }: EnvironmentVariable): string | undefined {
  if (secret === undefined) return `Environment variable '${name}' of type 'SECRET' must have a secret set`;
  if (value !== undefined) return `Environment variable '${name}' of type 'SECRET' must not have a value set`;
  const error = validateSecret(secret);
  if (error !== undefined) return `Environment variable '${name}' specifies an invalid secret: ${error}`;
  if (secret.value === undefined || !fromBase64(secret.value.data).includes(0)) return undefined;
  return (
    `Environment variable '${name}' specifies a secret containing null bytes, which is not allowed in the` +
    " environment"
  );
}

function validateVariable(variable: EnvironmentVariable): string | undefined {
  const { name, type = "VALUE", value, secret } = variable;
  if (type === "SECRET") return validateSecretVariable(variable);
  if (type === "UNKNOWN") return "Environment variable of type 'UNKNOWN' is not allowed";
  if (value === undefined) return `Environment variable '${name}' of type 'VALUE' must have a value set`;
  return secret === undefined
    ? undefined
    : `Environment variable '${name}' of type 'VALUE' must not have a secret set`;
}

/** Checks each variable of an environment. */
export function validateEnvironment(environment: Environment): string | undefined {
  return firstError(environment.variables, validateVariable);
}

/** Checks a command; like Mesos only its environment. */
export function validateCommandInfo(command: CommandInfo): string | undefined {
  return command.environment === undefined ? undefined : validateEnvironment(command.environment);
}
