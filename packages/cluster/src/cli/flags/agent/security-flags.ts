// The agent's flags about who may do what. @see Mesos src/slave/flags.cpp
import type { FlagTable } from "../../../core/flags/flag.ts";
import { NO_AUTHENTICATION, NO_FIREWALL, NO_MODULES } from "../reasons.ts";

export const securityFlags = {
  authenticatee: {
    type: "string",
    default: "crammd5",
    help: "How the agent authenticates to the master.",
    refused: NO_AUTHENTICATION,
  },
  authentication_backoff_factor: {
    type: "duration",
    default: "1secs",
    help: "How fast authentication is tried again.",
    refused: NO_AUTHENTICATION,
  },
  authentication_timeout_min: {
    type: "duration",
    default: "5secs",
    help: "The least time an authentication may take.",
    refused: NO_AUTHENTICATION,
  },
  authentication_timeout_max: {
    type: "duration",
    default: "1mins",
    help: "The most time an authentication may take.",
    refused: NO_AUTHENTICATION,
  },
  credential: { type: "path", help: "The agent's own principal and secret.", refused: NO_AUTHENTICATION },
  http_credentials: { type: "path", help: "Principals and secrets of clients.", refused: NO_AUTHENTICATION },
  http_authenticators: { type: "string", help: "How clients authenticate.", refused: NO_AUTHENTICATION },
  authenticate_http_readwrite: {
    type: "bool",
    default: "false",
    help: "Ask for authentication where an endpoint changes something.",
    refused: NO_AUTHENTICATION,
  },
  authenticate_http_readonly: {
    type: "bool",
    default: "false",
    help: "Ask for authentication where an endpoint only reads.",
    refused: NO_AUTHENTICATION,
  },
  authenticate_http_executors: {
    type: "bool",
    help: "Ask executors for authentication.",
    refused: NO_AUTHENTICATION,
  },
  jwt_secret_key: {
    type: "path",
    alias: "executor_secret_key",
    help: "The key of executors' tokens.",
    refused: NO_AUTHENTICATION,
  },
  authorizer: { type: "string", default: "local", help: "The authorizer.", refused: NO_MODULES },
  acls: { type: "json", help: "Who may do what.", refused: NO_AUTHENTICATION },
  firewall_rules: { type: "json", help: "Endpoints to close.", refused: NO_FIREWALL },
  secret_resolver: { type: "string", help: "The module that resolves secrets.", refused: NO_MODULES },
} as const satisfies FlagTable;
