// The shape of a JSON document: which keys it has, where, and of which types. Values are no part of it.

/** Every path with its type, such as `frameworks[].id: string`; all items of a list together. */
export type Shape = ReadonlySet<string>;

/** Ids stand in keys of metrics. */
const ID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g;

function collect(value: unknown, path: string, shape: Set<string>): void {
  if (Array.isArray(value)) {
    shape.add(`${path}: list`);
    for (const item of value) collect(item, `${path}[]`, shape);
  } else if (typeof value === "object" && value !== null) {
    shape.add(`${path}: object`);
    for (const [key, item] of Object.entries(value)) {
      collect(item, `${path}.${key.replaceAll(ID, "<id>")}`, shape);
    }
  } else {
    shape.add(`${path}: ${value === null ? "null" : typeof value}`);
  }
}

/** The shape of a document; paths begin with a dot. */
export function shapeOf(document: unknown): Shape {
  const shape = new Set<string>();
  collect(document, "", shape);
  return shape;
}

/** The document without keys of empty lists, which protobuf does not have. */
export function withoutEmptyLists(document: unknown): unknown {
  if (Array.isArray(document)) return document.map(withoutEmptyLists);
  if (typeof document !== "object" || document === null) return document;
  const kept = Object.entries(document).filter(([, value]) => !Array.isArray(value) || value.length > 0);
  return Object.fromEntries(kept.map(([key, value]) => [key, withoutEmptyLists(value)]));
}

export interface Difference {
  /** In the first, not in the second. */
  missing: string[];
  /** In the second, not in the first. */
  more: string[];
}

/** What the second shape lacks and has more than the first; what lies below a difference is not told again. */
export function compareShapes(expected: Shape, actual: Shape): Difference {
  const only = (a: Shape, b: Shape): string[] => {
    const paths = [...a].filter((path) => !b.has(path)).toSorted();
    const parents = paths.map((path) => path.slice(0, path.lastIndexOf(": ")));
    return paths.filter(
      (path) => !parents.some((parent) => path.startsWith(`${parent}.`) || path.startsWith(`${parent}[`)),
    );
  };
  return { missing: only(expected, actual), more: only(actual, expected) };
}
