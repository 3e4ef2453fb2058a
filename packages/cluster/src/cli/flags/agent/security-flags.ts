// The agent's flags about who may do what. @see Mesos src/slave/flags.cpp
import type { FlagTable } from "../../../core/flags/flag.ts";
import { oneOf, someOf } from "../checks.ts";
import { NO_MODULES } from "../reasons.ts";

export const securityFlags = {
  authenticatee: {
    type: "string",
    default: "crammd5",
    help: "How the agent authenticates to the master: crammd5.",
    check: oneOf("authenticatee", ["crammd5"]),
  },
  authentication_backoff_factor: {
    type: "duration",
    default: "1secs",
    help: "How fast authentication is tried again.",
  },
  authentication_timeout_min: {
    type: "duration",
    default: "5secs",
    help: "The least time an authentication may take.",
  },
  authentication_timeout_max: {
    type: "duration",
    default: "1mins",
    help: "The most time an authentication may take.",
  },
  credential: {
    type: "path",
    help: "The file with the principal and secret that the agent proves itself with to its master.",
  },
  http_credentials: {
    type: "path",
    help: "The file with principals and secrets of clients, as JSON or lines.",
  },
  http_authenticators: {
    type: "string",
    help: "How clients authenticate: basic, jwt or both, by what http_credentials and jwt_secret_key give.",
    check: someOf("http_authenticators", ["basic", "jwt"]),
  },
  authenticate_http_readwrite: {
    type: "bool",
    default: "false",
    help: "Ask for authentication where an endpoint changes something.",
  },
  authenticate_http_readonly: {
    type: "bool",
    default: "false",
    help: "Ask for authentication where an endpoint only reads.",
  },
  authenticate_http_executors: {
    type: "bool",
    help: "Ask executors for authentication.",
  },
  jwt_secret_key: {
    type: "path",
    alias: "executor_secret_key",
    help: "The key of executors' tokens.",
  },
  authorizer: {
    type: "string",
    default: "local",
    help: "Who decides what is allowed: local, by the rules of --acls.",
    check: oneOf("authorizer", ["local"]),
  },
  acls: {
    type: "json",
    help:
      'Who may do what: {"access_sandboxes": [{"principals": {"values": ["ops"]}, "users": {"type": "ANY"}}]}, or ' +
      "file:///path of that. Without it everybody may do everything.",
  },
  firewall_rules: {
    type: "json",
    help: 'Endpoints that answer nobody: {"disabled_endpoints": {"paths": ["/files/browse"]}}, or file:///path of that.',
  },
  secret_resolver: { type: "string", help: "The module that resolves secrets.", refused: NO_MODULES },
} as const satisfies FlagTable;
