// Containers whose standard streams the agent holds: pipes and terminals of real processes.
import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { systemClock } from "../../../../core/clock.ts";
import { silentLogger } from "../../../../core/logger.ts";
import type { ContainerStreams } from "../../container-streams.ts";
import type { ContainerConfig, Termination } from "../../containerizer.ts";
import { PosixContainerizer } from "../posix-containerizer.ts";

const directory = mkdtempSync(join(tmpdir(), "mezzo-streams-"));
const containerizer = new PosixContainerizer(
  { runtimeDir: directory },
  { clock: systemClock, logger: silentLogger },
);
const ends = new Map<string, (termination: Termination) => void>();
containerizer.onExit((termination) => ends.get(termination.containerId)?.(termination));
after(async () => {
  await containerizer.close();
  rmSync(directory, { recursive: true });
});
const skip = process.platform === "linux" ? false : "needs Linux";
let serial = 0;

async function launch(
  value: string,
  extra: Partial<ContainerConfig> = {},
): Promise<{
  streams: ContainerStreams;
  text: () => string;
  ended: Promise<Termination>;
  drained: Promise<void>;
}> {
  const containerId = `s${++serial}`;
  const sandbox = join(directory, "sandboxes", containerId);
  mkdirSync(sandbox, { recursive: true });
  const { promise: ended, resolve } = Promise.withResolvers<Termination>();
  ends.set(containerId, resolve);
  const { streams } = await containerizer.launch({
    containerId,
    command: { value },
    environment: { PATH: "/usr/bin:/bin" },
    sandbox,
    runtimeDir: join(directory, "containers", containerId),
    resources: [],
    attached: true,
    ...extra,
  });
  assert.ok(streams);
  const read: string[] = [];
  streams.onOutput((name, data) => read.push(`${name}:${Buffer.from(data).toString()}`));
  const drained = new Promise<void>((resolve) => streams.onEnd(resolve));
  return { streams, text: () => read.join(""), ended, drained };
}

const heard = async (what: string, text: () => string): Promise<void> => {
  while (!text().includes(what)) await new Promise((resolve) => setImmediate(resolve));
};

void test("pipes carry both outputs, also opened by name, and the input to its end", { skip }, async () => {
  const { streams, text, ended, drained } = await launch("cat; echo e > /dev/stderr; exit 3");
  await streams.write(Buffer.from("one\n"));
  streams.endInput();
  await drained;
  assert.equal(text(), "STDOUT:one\nSTDERR:e\n");
  assert.equal((await ended).exitCode, 3);
  await assert.rejects(streams.resize({ rows: 1, columns: 1 }));
});

void test("a terminal has a size that changes", { skip }, async () => {
  const container = { type: "MESOS" as const, tty_info: { window_size: { rows: 33, columns: 99 } } };
  const { streams, text, ended, drained } = await launch("stty size; read x; stty size; exit 4", {
    container,
  });
  await heard("33 99", text);
  await streams.resize({ rows: 11, columns: 22 });
  await streams.write(Buffer.from("\n"));
  await drained;
  assert.match(text(), /11 22/);
  assert.equal((await ended).exitCode, 4);
});

void test(
  "another user may open the terminal by its name",
  { skip: skip || (process.getuid?.() !== 0 && "needs root") },
  async () => {
    const container = { type: "MESOS" as const, tty_info: {} };
    const { text, drained } = await launch('id -un; echo open > "$(tty)"', {
      container,
      user: "nobody",
      workingDirectory: "/",
    });
    await drained;
    assert.match(text(), /nobody\r\n.*open\r\n/s);
  },
);

void test(
  "a task's terminal outlives whoever holds its streams, and its sandbox gets what it shows",
  { skip },
  async () => {
    const first = await launch("stty -echo; echo ready; read x; read y; echo $x $y; exit 4", {
      container: { type: "MESOS" as const, tty_info: {} },
      attached: false,
      ...(process.getuid?.() === 0 && { user: "nobody", workingDirectory: "/" }),
    });
    await heard("ready", first.text);
    await first.streams.write(Buffer.from("one\n"));
    first.streams.close();
    await first.drained;
    const again = containerizer.reopenTerminal(`s${serial}`);
    assert.ok(again);
    again.onOutput(() => undefined);
    await again.write(Buffer.from("two\n"));
    assert.equal((await first.ended).exitCode, 4);
    assert.equal(containerizer.reopenTerminal(`s${serial}`), undefined);
    const written = readFileSync(join(directory, "sandboxes", `s${serial}`, "stdout"), "utf8");
    assert.match(written, /ready\r\none two\r\n$/);
  },
);

void test(
  "a task's terminal waits for no reader, its end included, and its sandbox gets all",
  { skip, timeout: 20_000 },
  async () => {
    const { streams, ended, drained } = await launch("head -c 1000000 /dev/zero | tr '\\0' z; exit 4", {
      container: { type: "MESOS" as const, tty_info: {} },
      attached: false,
    });
    streams.pause();
    assert.equal((await ended).exitCode, 4);
    const written = readFileSync(join(directory, "sandboxes", `s${serial}`, "stdout"));
    assert.equal(written.length, 1_000_000);
    streams.close();
    await drained;
  },
);

void test("a program that is missing is named", { skip }, async () => {
  const container = { type: "MESOS" as const, tty_info: {} };
  const { ended, drained } = await launch("", { container, command: { shell: false, value: "/no/such" } });
  await drained;
  assert.equal((await ended).exitCode, 1);
  const written = readFileSync(join(directory, "sandboxes", `s${serial}`, "stderr"), "utf8");
  assert.equal(written, "Failed to execute '/no/such': No such file or directory\n");
});

void test(
  "one that reads nothing more refuses its input; the rest ends when it is destroyed",
  { skip },
  async () => {
    const { streams, drained, text } = await launch("exec 0<&-; echo closed; sleep 1000");
    await heard("closed", text);
    await assert.rejects(async () => {
      for (;;) await streams.write(Buffer.alloc(65_536));
    });
    await containerizer.destroy(`s${serial}`);
    await drained;
  },
);

void test("a terminal that nobody reads keeps its writer waiting, and nobody else", { skip }, async () => {
  const container = { type: "MESOS" as const, tty_info: {} };
  const { streams, drained, text } = await launch("stty raw -echo; echo raw; sleep 1000", { container });
  await heard("raw", text);
  const writing = streams.write(Buffer.alloc(4 * 1024 * 1024, "x"));
  const refused = assert.rejects(writing);
  const free = new Promise((resolve) => setImmediate(() => resolve("free")));
  assert.equal(await Promise.race([writing, free]), "free");
  await containerizer.destroy(`s${serial}`);
  await drained;
  await refused;
});

void test("a terminal's container ends as its command does, its signals included", { skip }, async () => {
  const container = { type: "MESOS" as const, tty_info: {} };
  const first = await launch("kill -9 $$", { container });
  assert.deepEqual((await first.ended).signal, 9);
  const second = await launch("trap 'echo caught; exit 5' TERM; echo ready; sleep 1000 & wait", {
    container,
  });
  await heard("ready", second.text);
  await containerizer.kill(`s${serial}`, "SIGTERM");
  assert.equal((await second.ended).exitCode, 5);
  await second.drained;
  assert.match(second.text(), /caught/);
});

void test("a terminal takes and gives more than it holds", { skip }, async () => {
  const container = { type: "MESOS" as const, tty_info: {} };
  const { streams, text, drained } = await launch("stty raw -echo; echo go; head -c 300000 | wc -c", {
    container,
  });
  await heard("go", text);
  await streams.write(Buffer.alloc(300_000, "y"));
  await drained;
  assert.match(text(), /300000/);
  const big = await launch("head -c 500000 /dev/zero | tr '\\0' z", { container });
  await big.drained;
  assert.equal(big.text().replaceAll("STDOUT:", "").length, 500_000);
});
