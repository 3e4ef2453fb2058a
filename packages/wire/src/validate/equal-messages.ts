// Whether two messages say the same.

function isAbsent(value: unknown): boolean {
  return value === undefined || (Array.isArray(value) && value.length === 0);
}

/** Deep equality in which an absent field equals an empty list, as in protobuf. Defaults are not filled in. */
export function equalMessages(left: unknown, right: unknown): boolean {
  if (left === right || (isAbsent(left) && isAbsent(right))) return true;
  if (typeof left !== "object" || typeof right !== "object" || left === null || right === null) return false;
  if (Array.isArray(left) || Array.isArray(right)) {
    if (!Array.isArray(left) || !Array.isArray(right) || left.length !== right.length) return false;
    return left.every((item, i) => equalMessages(item, right[i]));
  }
  const [a, b] = [
    new Map<string, unknown>(Object.entries(left)),
    new Map<string, unknown>(Object.entries(right)),
  ];
  return [...new Set([...a.keys(), ...b.keys()])].every((field) => equalMessages(a.get(field), b.get(field)));
}
