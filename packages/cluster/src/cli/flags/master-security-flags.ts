// The master's flags about who may do what. @see Mesos src/master/flags.cpp
import type { FlagTable } from "../../core/flags/flag.ts";
import { NO_MODULES } from "./reasons.ts";

/** The authenticator that Mesos has built in. */
const BASIC = "basic";

/** The authorizer that Mesos has built in. */
const LOCAL = "local";

/** The authenticator of drivers and agents that Mesos has built in. */
const CRAM_MD5 = "crammd5";

function checkDriverAuthenticator(name: string): string | undefined {
  return name === CRAM_MD5 ? undefined : `Authenticator '${name}' is not built in, and ${NO_MODULES}`;
}

function checkAuthenticator(name: string): string | undefined {
  return name === BASIC ? undefined : `HTTP authenticator '${name}' is not built in, and ${NO_MODULES}`;
}

function checkAuthorizer(name: string): string | undefined {
  return name === LOCAL ? undefined : `Authorizer '${name}' is not built in, and ${NO_MODULES}`;
}

export const masterSecurityFlags = {
  authenticate_frameworks: {
    type: "bool",
    default: "false",
    alias: "authenticate",
    help: "Admit only driver-based frameworks that authenticate.",
  },
  authenticate_agents: {
    type: "bool",
    default: "false",
    alias: "authenticate_slaves",
    help: "Admit only agents that authenticate.",
  },
  authenticate_http_readwrite: {
    type: "bool",
    default: "false",
    alias: "authenticate_http",
    help: "Ask for authentication where an endpoint changes something.",
  },
  authenticate_http_readonly: {
    type: "bool",
    default: "false",
    help: "Ask for authentication where an endpoint only reads.",
  },
  authenticate_http_frameworks: {
    type: "bool",
    default: "false",
    help: "Admit only HTTP frameworks that authenticate.",
  },
  authentication_v0_timeout: {
    type: "duration",
    default: "15secs",
    help: "How long an authentication of a driver-based framework or agent may take.",
  },
  authenticators: {
    type: "string",
    default: "crammd5",
    help: "How driver-based frameworks and agents authenticate: crammd5.",
    check: checkDriverAuthenticator,
  },
  http_authenticators: {
    type: "string",
    default: BASIC,
    help: "How HTTP requests authenticate: basic, with a principal and its secret.",
    check: checkAuthenticator,
  },
  http_framework_authenticators: {
    type: "string",
    help: "How HTTP frameworks authenticate: basic. Needed with --authenticate_http_frameworks.",
    check: checkAuthenticator,
  },
  credentials: {
    type: "path",
    help:
      'A file of principals and secrets: {"credentials": [{"principal": "p", "secret": "s"}]}, or a line of "p s" ' +
      "for each. Keep it readable by the master's user only.",
  },
  authorizers: {
    type: "string",
    default: "local",
    help: "Who decides what is allowed: local, by the rules of --acls.",
    check: checkAuthorizer,
  },
  acls: {
    type: "json",
    help:
      'Who may do what: {"run_tasks": [{"principals": {"type": "ANY"}, "users": {"values": ["guest"]}}]}, or ' +
      "file:///path of that. Without it everybody may do everything.",
  },
  rate_limits: {
    type: "json",
    help:
      'How many messages a second drivers may send: {"limits": [{"principal": "p", "qps": 10, "capacity": 100}], ' +
      '"aggregate_default_qps": 50}, or file:///path of that.',
  },
  firewall_rules: {
    type: "json",
    help: 'Endpoints that answer nobody: {"disabled_endpoints": {"paths": ["/files/browse"]}}, or file:///path of that.',
  },
} as const satisfies FlagTable;
