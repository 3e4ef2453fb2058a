// The master's flags about who may do what. @see Mesos src/master/flags.cpp
import type { FlagTable } from "../../core/flags/flag.ts";
import { NO_AUTHENTICATION, NO_FIREWALL, NO_MODULES, NO_RATE_LIMITS } from "./reasons.ts";

export const masterSecurityFlags = {
  authenticate_frameworks: {
    type: "bool",
    default: "false",
    alias: "authenticate",
    help: "Admit only frameworks that authenticate.",
    refused: NO_AUTHENTICATION,
  },
  authenticate_agents: {
    type: "bool",
    default: "false",
    alias: "authenticate_slaves",
    help: "Admit only agents that authenticate.",
    refused: NO_AUTHENTICATION,
  },
  authenticate_http_readwrite: {
    type: "bool",
    default: "false",
    alias: "authenticate_http",
    help: "Ask for authentication where an endpoint changes something.",
    refused: NO_AUTHENTICATION,
  },
  authenticate_http_readonly: {
    type: "bool",
    default: "false",
    help: "Ask for authentication where an endpoint only reads.",
    refused: NO_AUTHENTICATION,
  },
  authenticate_http_frameworks: {
    type: "bool",
    default: "false",
    help: "Admit only HTTP frameworks that authenticate.",
    refused: NO_AUTHENTICATION,
  },
  authentication_v0_timeout: {
    type: "duration",
    default: "15secs",
    help: "How long an authentication of a driver-based framework or agent may take.",
    refused: NO_AUTHENTICATION,
  },
  authenticators: {
    type: "string",
    default: "crammd5",
    help: "How frameworks and agents authenticate.",
    refused: NO_AUTHENTICATION,
  },
  http_authenticators: {
    type: "string",
    default: "basic",
    help: "How HTTP requests authenticate.",
    refused: NO_AUTHENTICATION,
  },
  http_framework_authenticators: {
    type: "string",
    help: "How HTTP frameworks authenticate.",
    refused: NO_AUTHENTICATION,
  },
  credentials: { type: "path", help: "A file of principals and secrets.", refused: NO_AUTHENTICATION },
  authorizers: { type: "string", default: "local", help: "The authorizer.", refused: NO_MODULES },
  acls: { type: "json", help: "Who may do what.", refused: NO_AUTHENTICATION },
  rate_limits: {
    type: "json",
    help: "How many messages a second each principal may send.",
    refused: NO_RATE_LIMITS,
  },
  firewall_rules: { type: "json", help: "Endpoints to close.", refused: NO_FIREWALL },
} as const satisfies FlagTable;
