// The values that resources and attributes are made of.
export * from "./duration.ts";
export * from "./labels.ts";
export * from "./numify.ts";
export * from "./parse-value.ts";
export * from "./ranges.ts";
export * from "./roles.ts";
export * from "./scalars.ts";
export * from "./sets.ts";
export * from "./tokenize.ts";
