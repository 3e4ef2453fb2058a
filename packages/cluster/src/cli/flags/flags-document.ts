// docs/flags.md, made from the declarations, so that it cannot be wrong.
import type { Flag, FlagTable } from "../../core/flags/flag.ts";
import { agentFlags } from "./agent-flags.ts";
import { executeFlags } from "./execute-flags.ts";
import { explainFlags } from "./explain-flags.ts";
import { planFlags } from "./plan-flags.ts";
import { masterFlags } from "./master-flags.ts";

const INTRODUCTION = `# Flags

\`mezzo master\` and \`mezzo agent\` know every flag of Mesos' master and agent by name. Each one either works, needs nothing
(every value already holds), or is refused by name: nothing is ignored. *This page is written by
\`packages/cluster/scripts/write-flags-doc.ts\` from the declarations in \`packages/cluster/src/cli/flags/\`; a test compares the two.*

- \`--name=value\`, \`--name value\`, \`--flag\`, \`--no-flag\`; dashes are as good as underscores (\`--work-dir\`).
- \`MESOS_WORK_DIR=/x\` in the environment is \`--work_dir=/x\` (master and agent; the command line goes first).
- \`file:///path\` as a value means the file's content, except for flags of type path; JSON may also be an absolute path.
- Durations: \`20ns\`, \`5us\`, \`200ms\`, \`10secs\`, \`1.5mins\`, \`3hrs\`, \`1days\`, \`2weeks\`. Sizes: \`4096B\`, \`4KB\`, \`2GB\`, whole numbers only.
- An unknown flag, a flag given twice and a wrong value end the process with exit code 1, in Mesos' words.
- A refused flag may be given with its default value, since nothing has to be done for it.
- \`--version\`, \`--help\`, and \`/flags\` over HTTP show what is in force; times and sizes there are in Mesos' canonical units.
- \`LIBPROCESS_IP\`, \`LIBPROCESS_ADVERTISE_IP\` and \`LIBPROCESS_ADVERTISE_PORT\` are honoured where the flag is absent; TLS
  (\`LIBPROCESS_SSL_ENABLED\`) and \`LIBPROCESS_REQUIRE_PEER_ADDRESS_IP_MATCH\` are refused.

**Who may connect.** Without \`--ip\`, Mezzo listens on 127.0.0.1 (Mesos: on every address). Loopback and private addresses need
nothing more. \`--ip=0.0.0.0\` and public addresses need \`--allow_open_network\` as long as nobody has to authenticate.

**The registry.** \`--registry=replicated_log\` (the default, and \`log_storage\`) is an SQLite database in \`--work_dir\`,
and with \`--zk\` it is kept in ZooKeeper or etcd; \`--registry=in_memory\` forgets everything when the master stops.
`;

const escape = (text: string): string => text.replaceAll("|", "\\|").replaceAll("<", "&lt;");

function statusOf(flag: Flag): string {
  if (flag.refused !== undefined) return `refused: ${flag.refused}`;
  if (flag.satisfied !== undefined) return `needs nothing: ${flag.satisfied}`;
  return flag.own === true ? "Mezzo's own" : "works";
}

function describe(flag: Flag): string {
  const alias = flag.alias === undefined ? "" : ` Also \`--${flag.alias}\`, with a warning.`;
  const values = flag.values === undefined ? "" : ` One of: ${flag.values.join(", ")}.`;
  return escape(`${flag.help}${values}${alias}`);
}

function tableOf(title: string, table: FlagTable): string {
  const names = Object.keys(table).toSorted();
  const flags = names.flatMap((name) => {
    const flag = table[name];
    return flag === undefined ? [] : [{ name, flag }];
  });
  const built = flags.filter(({ flag }) => flag.refused === undefined);
  const refused = flags.filter(({ flag }) => flag.refused !== undefined);
  const rows = [...built, ...refused].map(({ name, flag }) => {
    const value = flag.default === undefined || flag.default === "" ? "" : `\`${escape(flag.default)}\``;
    return `| \`--${name}\` | ${flag.type} | ${value} | ${describe(flag)} | ${escape(statusOf(flag))} |`;
  });
  return [
    `## ${title}`,
    "",
    `${built.length} of ${flags.length} flags are honoured, ${refused.length} are refused by name.`,
    "",
    "| flag | type | default | what it is for | status |",
    "|---|---|---|---|---|",
    ...rows,
    "",
  ].join("\n");
}

/** The whole document. */
export function flagsDocument(): string {
  return [
    INTRODUCTION,
    tableOf("mezzo master", masterFlags),
    tableOf("mezzo agent", agentFlags),
    tableOf("mezzo execute", executeFlags),
    tableOf("mezzo explain", explainFlags),
    tableOf("mezzo plan", planFlags),
  ].join("\n");
}
