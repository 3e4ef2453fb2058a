// Compiles monitor.c for both machines it is shipped for; run it after a change there and commit what it makes.
// Needs gcc and gcc-aarch64-linux-gnu, which users of Mezzo do not.
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";

const directory = import.meta.dirname;
const source = join(directory, "monitor.c");
const hash = createHash("sha256").update(readFileSync(source)).digest("hex");
const COMPILERS = { x64: "x86_64-linux-gnu-gcc", arm64: "aarch64-linux-gnu-gcc" };
// No C library, no start files, nothing that a loader would have to do; a page size that suits every arm64 kernel.
const FLAGS = [
  "-Os -static -nostdlib -ffreestanding -fno-stack-protector -fno-asynchronous-unwind-tables -fno-pic -no-pie",
  "-Wall -Wextra -Werror -Wl,--build-id=none -Wl,-z,norelro -Wl,-z,noseparate-code -s",
].flatMap((line) => line.split(" "));

for (const [machine, compiler] of Object.entries(COMPILERS)) {
  const output = join(directory, `monitor-${machine}`);
  execFileSync(compiler, [...FLAGS, `-DSOURCE="${hash}"`, "-o", output, source], {
    stdio: "inherit",
  });
}
