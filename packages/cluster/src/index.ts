// The public face of the `mezzo` package: a master and an agent to run from code.
export { Agent, type AgentSettings, type AgentSurroundings } from "./api/agent.ts";
export { Master, type MasterSettings, type MasterSurroundings } from "./api/master.ts";
export { mesosVersion, mezzoVersion } from "./core/build-info.ts";
export type { AgentEnd } from "./agent/run.ts";
export type { AgentOptions } from "./agent/options.ts";
export type { MasterOptions } from "./master/options.ts";
