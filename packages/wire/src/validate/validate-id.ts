// Which ids are allowed. They become names of directories. Follows `validateID` of src/common/validation.cpp.

/** Longest id in bytes: the longest file name (NAME_MAX). */
const MAX_ID_BYTES = 255;

/** No character takes more than this many bytes for each of its UTF-16 units. */
const MAX_BYTES_PER_UNIT = 3;

// oxlint-disable-next-line no-control-regex -- control characters are what is looked for
const FORBIDDEN = /[\x00-\x1f\x7f/\\]/;

function isTooLong(id: string): boolean {
  if (id.length * MAX_BYTES_PER_UNIT <= MAX_ID_BYTES) return false;
  return new TextEncoder().encode(id).length > MAX_ID_BYTES;
}

/** Checks the id of a task, executor, agent, framework, volume or whatever else. */
export function validateId(id: string): string | undefined {
  if (id === "") return "ID must not be empty";
  if (isTooLong(id)) return `ID must not be greater than ${MAX_ID_BYTES} characters`;
  if (id === "." || id === "..") return `'${id}' is disallowed`;
  return FORBIDDEN.test(id) ? `'${id}' contains invalid characters` : undefined;
}
