// The rules that messages must pass, each with Mesos' own words.
export * from "./validate-resource.ts";
export * from "./validate-role.ts";
