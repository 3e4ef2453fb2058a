// crun in runc's place. Two things it does not do are done for it in a mount namespace of its own, out of which it starts.
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** Where version 2 of cgroups is mounted beside version 1, which crun does not bear; undefined: nowhere. */
function version2BesideOthers(): string | undefined {
  const mounts = readFileSync("/proc/self/mounts", "utf8")
    .split("\n")
    .map((line) => line.split(" "));
  const isMixed = mounts.some(([, , type]) => type === "cgroup");
  return isMixed ? mounts.find(([, , type]) => type === "cgroup2")?.[1] : undefined;
}

/** In single quotes, as a shell reads them. */
const quoted = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`;

/**
 * Writes a program into `folder` that stands for crun, and gives its path: version 2 is hidden from it, and the machine's root
 * is where a container without an image has its own, for crun cannot mount `/` on `/`. What is mounted on the machine later
 * still arrives there.
 */
export function crunProgram(crun: string, { folder }: { folder: string }): string {
  const hidden = version2BesideOthers();
  const lines = [
    ...(hidden === undefined ? [] : [`umount ${quoted(hidden)} || exit 1`]),
    'previous=""',
    'for word in "$@"; do',
    '  if [ "$previous" = --bundle ] && [ -d "$word/rootfs" ]; then',
    '    mount --rbind / "$word/rootfs" && mount --make-rslave "$word/rootfs" || exit 1',
    "  fi",
    '  previous="$word"',
    "done",
    `exec ${quoted(crun)} "$@"`,
  ];
  const path = join(folder, "crun.sh");
  const inside = quoted(lines.join("\n"));
  mkdirSync(folder, { recursive: true });
  writeFileSync(
    path,
    `#!/bin/sh\nexec unshare --mount --propagation slave /bin/sh -c ${inside} crun "$@"\n`,
    { mode: 0o700 },
  );
  return path;
}
