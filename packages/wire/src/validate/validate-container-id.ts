// Which container ids are allowed. Follows `validateContainerId` of src/slave/validation.cpp.
import type { ContainerID } from "../messages.gen.ts";
import { prefixed } from "./prefixed.ts";
import { validateId } from "./validate-id.ts";

/** Longest container id in characters; the rest of a file name is for suffixes (`MAX_CONTAINER_ID_LENGTH`). */
const MAX_CONTAINER_ID_LENGTH = 242;

/** Checks a container id and those above it. Dots separate the levels of nesting in texts, so none may hold one. */
export function validateContainerId(containerId: ContainerID): string | undefined {
  const { value, parent } = containerId;
  const error = validateId(value);
  if (error !== undefined) return error;
  if (value.length > MAX_CONTAINER_ID_LENGTH) {
    return `'ContainerID.value' '${value}' exceeds the maximum length (${MAX_CONTAINER_ID_LENGTH})`;
  }
  if (/[. ]/.test(value)) return `'ContainerID.value' '${value}' contains invalid characters`;
  return parent === undefined
    ? undefined
    : prefixed("'ContainerID.parent' is invalid: ", validateContainerId(parent));
}
