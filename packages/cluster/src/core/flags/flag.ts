// What a flag is: declared once, and from it follow the parser, the `MESOS_*` variable, `--help`, `/flags` and docs/flags.md.

/** The value a flag of each type has in memory. Durations are milliseconds, sizes bytes. */
export interface FlagTypes {
  string: string;
  bool: boolean;
  int: number;
  /** A TCP port: 0 to 65535. */
  port: number;
  double: number;
  duration: number;
  bytes: number;
  /** A JSON object or array, given inline, as `file:///path` or (as Mesos still allows) as an absolute path. */
  json: unknown;
  /** A path that is handed on as it is; `file://` is not read. */
  path: string;
}

/** One flag. The name is its key in the table that holds it: Mesos' own, with underscores. */
export interface Flag {
  type: keyof FlagTypes;
  /** As text, in the form `/flags` shows; absent means that the flag has no value unless given. */
  default?: string;
  help: string;
  /** An older name that still works, with a warning. */
  alias?: string;
  /** The only values allowed. */
  values?: readonly string[];
  /** What is wrong with a parsed value, in words that stand after "Failed to load flag 'x': ". */
  check?: (value: never) => string | undefined;
  /** Why the flag needs nothing done: every value already holds. */
  satisfied?: string;
  /** Why Mezzo refuses the flag; only its default may be given. */
  refused?: string;
  /** The flag is Mezzo's, not Mesos': `/flags` of a Mesos does not have it. */
  own?: boolean;
}

/** Flags by name. */
export type FlagTable = Readonly<Record<string, Flag>>;

/** The values of a table's flags: those with a default are always there. */
export type FlagValues<Table extends FlagTable> = {
  readonly [Name in keyof Table]: Table[Name] extends { default: string }
    ? FlagTypes[Table[Name]["type"]]
    : FlagTypes[Table[Name]["type"]] | undefined;
};
