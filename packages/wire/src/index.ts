// The public face of @mezzo/wire. One line per module; every export has its docstring where it is defined.
export type * from "./messages.gen.ts";
export * from "./result.ts";
