// Reads the schema files into protobufjs' reflection objects.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import protobuf from "protobufjs";
import { typeName } from "./type-name.ts";

const PROTO_DIR = join(import.meta.dirname, "../proto");

/** Everything that the schema declares, in order of files and declarations. */
export interface Protos {
  types: protobuf.Type[];
  enums: protobuf.Enum[];
}

/** Parses all of proto/. Throws when two types would have the same TypeScript name. */
export function readProtos(): Protos {
  const root = new protobuf.Root();
  const duration = protobuf.common.get("google/protobuf/duration.proto");
  if (duration?.nested) root.addJSON(duration.nested);
  for (const file of protoFiles(PROTO_DIR)) {
    protobuf.parse(readFileSync(file, "utf8"), root, { keepCase: true, alternateCommentMode: true });
  }
  root.resolveAll();
  const protos = collect(root, { types: [], enums: [] });
  assertUnique([...protos.types, ...protos.enums]);
  return protos;
}

function protoFiles(dir: string): string[] {
  return readdirSync(dir, { withFileTypes: true })
    .toSorted((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => (entry.isDirectory() ? protoFiles(join(dir, entry.name)) : [join(dir, entry.name)]));
}

function collect(namespace: protobuf.NamespaceBase, into: Protos): Protos {
  for (const object of namespace.nestedArray) {
    if (object instanceof protobuf.Enum) into.enums.push(object);
    if (object instanceof protobuf.Type) into.types.push(object);
    if (object instanceof protobuf.Namespace) collect(object, into);
  }
  return into;
}

function assertUnique(objects: protobuf.ReflectionObject[]): void {
  const seen = new Map<string, string>();
  for (const object of objects) {
    const name = typeName(object);
    const other = seen.get(name);
    if (other !== undefined) throw new Error(`Cannot name ${object.fullName}: ${name} is taken by ${other}`);
    seen.set(name, object.fullName);
  }
}
