// Every call of the HTTP APIs, declared once.
export * from "./agent-api.ts";
export * from "./api-call.ts";
export * from "./executor-api.ts";
export * from "./master-api.ts";
export * from "./scheduler-api.ts";
export * from "./validate-call-body.ts";
