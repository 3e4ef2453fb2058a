// The public face of @mezzo/wire. One line per module; every export has its docstring where it is defined.
export * from "./codec.ts";
export * from "./endpoints/index.ts";
export { parseJson } from "./json/parse-json.ts";
export * from "./media-type.ts";
export type * from "./messages.gen.ts";
export * from "./recordio.ts";
export * from "./result.ts";
export * from "./resources/index.ts";
export * from "./validate/index.ts";
export * from "./values/index.ts";
