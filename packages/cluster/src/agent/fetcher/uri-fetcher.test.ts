// Fetching with real files, servers and archives, and with programs in the place of Hadoop's.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { chmod, mkdir, mkdtemp, readFile, rm, stat, symlink, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import { createWriteStream } from "node:fs";
import { after, before, test } from "node:test";
import { promisify } from "node:util";
import { crc32, gzipSync } from "node:zlib";
import { type Header, pack } from "tar-stream";
import type { CommandInfoURI } from "@mezzo/wire";
import { systemClock } from "../../core/clock.ts";
import { silentLogger } from "../../core/logger.ts";
import { createSandbox } from "../sandbox/create-sandbox.ts";
import { UriFetcher } from "./uri-fetcher.ts";

const execute = promisify(execFile);
const root = process.getuid?.() === 0;
const directory = await mkdtemp(join(tmpdir(), "mezzo-fetcher-"));
const source = join(directory, "source");

const server = createServer((request, response) => {
  const path = new URL(request.url ?? "/", "http://x").pathname;
  if (path === "/plain.txt") response.end("plain\n");
  else if (path === "/moved") response.writeHead(302, { location: "/plain.txt" }).end();
  else if (path === "/empty") response.end();
  else if (path === "/secret") response.end(request.headers.authorization);
  else if (path === "/big") response.end(Buffer.alloc(100_000));
  else if (path === "/short") {
    response.writeHead(200, { "content-length": 10 });
    response.write("x", () => response.destroy());
  } else if (path === "/stalls") {
    response.writeHead(200, { "content-length": 10 });
    response.write("x");
  } else response.writeHead(404).end("no such thing");
});

before(async () => {
  await mkdir(join(source, "in"), { recursive: true });
  await writeFile(join(source, "plain.txt"), "plain\n");
  await writeFile(join(source, "run.sh"), "#!/bin/sh\n", { mode: 0o644 });
  await writeFile(join(source, "in/inner.txt"), "inner\n");
  await writeFile(join(source, "plain.txt.gz"), gzipSync("plain\n"));
  await makeHadoop();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
});
after(async () => {
  server.closeAllConnections();
  server.close();
  await rm(directory, { recursive: true });
});

function at(path: string): string {
  const address = server.address();
  assert.ok(address !== null && typeof address === "object");
  return `http://127.0.0.1:${address.port}${path}`;
}

const hadoopHome = join(directory, "hadoop");

/** Stands in for Hadoop's program, whose files are those of `source`. */
async function makeHadoop(): Promise<void> {
  const lines = [
    "#!/bin/sh",
    '[ "$#/$1/$2" = 4/fs/-copyToLocal ] || exit 2',
    'case "$3" in',
    "*/stalls) exec sleep 1000 ;;",
    '*/environment) env > "$4" ;;',
    '*/user) id -u > "$4" ;;',
    '*/big) head -c 60000 /dev/zero > "$4" ;;',
    `*) cp "${source}/\${3#*://host/}" "$4" ;;`,
    "esac",
  ];
  await mkdir(join(hadoopHome, "bin"), { recursive: true });
  await writeFile(join(hadoopHome, "bin/hadoop"), lines.join("\n"), { mode: 0o755 });
}

let serial = 0;

interface Outcome {
  sandbox: string;
  files: string[];
  stderr: string;
  /** Why it failed; empty when it did not. */
  error: string;
}

async function fetchAll(
  uris: (CommandInfoURI | string)[],
  options: Partial<ConstructorParameters<typeof UriFetcher>[0]> & { user?: string } = {},
): Promise<Outcome> {
  const { user, ...rest } = options;
  const owner = user === undefined ? {} : { user };
  const sandbox = join(directory, `sandboxes/${++serial}/run`);
  await createSandbox(sandbox, owner);
  const fetcher = new UriFetcher(
    { frameworksHome: "", stallTimeoutMs: 60_000, ...rest },
    { clock: systemClock, logger: silentLogger },
  );
  const request = {
    containerId: "c",
    sandbox,
    uris: uris.map((uri) => (typeof uri === "string" ? { value: uri } : uri)),
    ...owner,
  };
  const error = await fetcher.fetch(request).then(
    () => "",
    (error: unknown) => String(error),
  );
  const stderr = await readFile(join(sandbox, "stderr"), "utf8").catch(() => "");
  // Unlike readdir(), find follows no links.
  const { stdout } = await execute("find", [".", "-mindepth", "1", "-printf", "%P\\n"], { cwd: sandbox });
  const files = stdout.split("\n").filter((name) => name !== "" && name !== "stderr");
  return { sandbox, files: files.sort(), stderr, error };
}

const FAILED = "Error: Failed to fetch all URIs for container 'c': exited with status 1";

void test("fetch() takes paths, file:// and relative names", async () => {
  const { sandbox, files, stderr, error } = await fetchAll(
    [`${source}/plain.txt`, `file://${source}/in/inner.txt`, "run.sh"],
    { frameworksHome: source },
  );
  assert.deepEqual([error, files], ["", ["inner.txt", "plain.txt", "run.sh"]]);
  assert.equal(await readFile(join(sandbox, "plain.txt"), "utf8"), "plain\n");
  assert.match(stderr, /^I\d{4} \d\d:\d\d:\d\d\.\d{6} \d+ fetcher\] Fetching URI '.*plain\.txt'\n/);
  assert.match(stderr, /Successfully fetched all URIs into/);
});

void test("fetch() downloads, follows redirects and sends credentials", async () => {
  const { sandbox, error } = await fetchAll([
    { value: at("/plain.txt"), output_file: "a/b/plain" },
    at("/moved"),
    at("/empty"),
    at("/secret").replace("http://", "http://me:p%40ss@"),
  ]);
  assert.equal(error, "");
  assert.equal(await readFile(join(sandbox, "a/b/plain"), "utf8"), "plain\n");
  assert.equal(await readFile(join(sandbox, "moved"), "utf8"), "plain\n");
  assert.equal(await readFile(join(sandbox, "empty"), "utf8"), "");
  const authorization = await readFile(join(sandbox, "secret"), "utf8");
  assert.equal(authorization, `Basic ${Buffer.from("me:p@ss").toString("base64")}`);
});

void test("fetch() sets the mode of executables and then unpacks nothing", async () => {
  const archive = await makeTar("exec.tar", [{ name: "x" }]);
  const { sandbox, files } = await fetchAll([
    { value: `${source}/run.sh`, executable: true },
    { value: archive, executable: true },
  ]);
  assert.equal((await stat(join(sandbox, "run.sh"))).mode & 0o777, 0o755);
  assert.deepEqual(files, ["exec.tar", "run.sh"]);
});

const REFUSED: [CommandInfoURI, string][] = [
  [{ value: "/x", output_file: "/etc/x" }, "URI output file must be within the sandbox directory"],
  [{ value: "/x", output_file: "../../x" }, "URI output file must be within the sandbox directory"],
  [{ value: "/x", output_file: "a/../../x" }, "URI output file must be within the sandbox directory"],
  [{ value: "/x", output_file: "" }, "URI output file path is empty"],
  [{ value: "http://host" }, "Malformed URI (missing path): http://host"],
  [{ value: "http://host/" }, "Malformed URI (missing path): http://host/"],
  [{ value: "/it's" }, "Illegal characters in URI"],
];
for (const [uri, words] of REFUSED) {
  void test(`fetch() refuses ${JSON.stringify(uri)}`, async () => {
    const { error, files } = await fetchAll([uri]);
    assert.deepEqual([error, files], [`Error: Could not fetch: ${words}`, []]);
  });
}

const FAILING: [string, () => CommandInfoURI, RegExp][] = [
  ["a missing file", () => ({ value: "/no/such" }), /No such file or directory/],
  ["a directory", () => ({ value: source }), /is a directory/],
  ["a device", () => ({ value: "/dev/zero" }), /is not a file/],
  ["404", () => ({ value: at("/nothing") }), /received HTTP return code 404/],
  ["a broken download", () => ({ value: at("/short") }), /terminated/],
  ["a stalled download", () => ({ value: at("/stalls") }), /nothing received for 0\.05 seconds/],
  ["too much", () => ({ value: at("/big") }), /More than 50000 bytes/],
  ["a relative path without a home", () => ({ value: "plain.txt" }), /A relative path was passed/],
  ["missing in Hadoop", () => ({ value: "hdfs://host/x" }), /HDFS copyToLocal failed: cp: .*No such file/],
  ["stalled in Hadoop", () => ({ value: "hdfs://host/stalls" }), /nothing received for 0\.05 seconds/],
  ["too much in Hadoop", () => ({ value: "hdfs://host/big" }), /More than 50000 bytes/],
];
for (const [name, uri, words] of FAILING) {
  void test(`fetch() tells in stderr why it failed: ${name}`, async () => {
    const stallTimeoutMs = name.includes("stalled") ? 50 : 60_000;
    const { error, stderr, files } = await fetchAll([uri()], {
      stallTimeoutMs,
      maxBytes: 50_000,
      hadoopHome,
    });
    assert.equal(error, FAILED);
    assert.match(stderr, words);
    assert.match(stderr, /^Failed to fetch '/m);
    assert.ok(!files.some((file) => file.startsWith(".hadoop")), "what was copied half is left");
  });
}

void test("fetch() has Hadoop's program copy what is neither a file nor HTTP", async () => {
  await makeTar("source/package.tar", [{ name: "inside.txt" }]);
  const { sandbox, files, error, stderr } = await fetchAll(
    [
      { value: "hdfs://host/in/inner.txt", output_file: "a/b" },
      { value: "s3://host/package.tar" },
      { value: "hdfs://host/run.sh", executable: true },
      { value: "hdfs://host/plain.txt", cache: true },
    ],
    { hadoopHome, cache: { directory: join(directory, "hadoop-cache"), maxBytes: 1000 } },
  );
  assert.equal(error, "", stderr);
  assert.deepEqual(files, ["a", "a/b", "inside.txt", "package.tar", "plain.txt", "run.sh"]);
  assert.equal(await readFile(join(sandbox, "a/b"), "utf8"), "inner\n");
  assert.equal((await stat(join(sandbox, "run.sh"))).mode & 0o777, 0o755);
  assert.match(stderr, /Downloading resource with Hadoop client from 's3:/);
});

void test("fetch() tells how to get a scheme that needs Hadoop when that is not there", async () => {
  const { error, stderr } = await fetchAll(["ftp://host/x"], { hadoopHome: "/no/such" });
  assert.equal(error, FAILED);
  assert.match(
    stderr,
    /'\/no\/such\/bin\/hadoop', which knows the scheme 'ftp', is not there: set --hadoop_home/,
  );
});

void test("fetch() gives Hadoop's program the agent's environment without the agent's flags", async () => {
  process.env["MESOS_STORY"] = "secret";
  const { sandbox, error } = await fetchAll(["hdfs://host/environment"], { hadoopHome });
  delete process.env["MESOS_STORY"];
  assert.equal(error, "");
  const environment = await readFile(join(sandbox, "environment"), "utf8");
  assert.ok(environment.includes(`HADOOP_HOME=${hadoopHome}\n`) && !environment.includes("secret"));
});

void test("cancel() ends a fetch", async () => {
  const sandbox = join(directory, "sandboxes/cancel/run");
  await createSandbox(sandbox);
  const fetcher = new UriFetcher(
    { frameworksHome: "", stallTimeoutMs: 60_000 },
    { clock: systemClock, logger: silentLogger },
  );
  const requested = new Promise((resolve) => server.once("request", resolve));
  const fetching = fetcher.fetch({ containerId: "c", sandbox, uris: [{ value: at("/stalls") }] });
  await requested;
  fetcher.cancel("c");
  fetcher.cancel("unknown");
  await assert.rejects(fetching);
  assert.deepEqual(fetcher.counters, { succeeded: 0, failed: 1 });
  assert.match(await readFile(join(sandbox, "stderr"), "utf8"), /The container was destroyed/);
});

for (const [suffix, flags] of [
  [".tar", "cf"],
  [".tgz", "czf"],
  [".tar.gz", "czf"],
  [".tar.bz2", "cjf"],
  [".tbz2", "cjf"],
  [".tar.xz", "cJf"],
  [".txz", "cJf"],
] as const) {
  void test(`fetch() unpacks ${suffix}`, async () => {
    const archive = join(directory, `made${suffix}`);
    await execute("tar", [flags, archive, "-C", source, "in"]);
    const { sandbox, files, error } = await fetchAll([archive]);
    assert.deepEqual([error, files], ["", ["in", "in/inner.txt", `made${suffix}`]]);
    assert.equal(await readFile(join(sandbox, "in/inner.txt"), "utf8"), "inner\n");
  });
}

void test("fetch() unpacks a single file, and nothing when told so or when it is no archive", async () => {
  const { files } = await fetchAll([{ value: `${source}/plain.txt.gz` }]);
  assert.deepEqual(files, ["plain.txt", "plain.txt.gz"]);
  const kept = await fetchAll([{ value: `${source}/plain.txt.gz`, extract: false }]);
  assert.deepEqual(kept.files, ["plain.txt.gz"]);
  const none = await fetchAll([{ value: `${source}/plain.txt`, extract: true }]);
  assert.match(none.stderr, /W\d{4} .*Copying instead of extracting/);
});

// Made by hand, so that no program that makes zip files is needed: one stored file, one directory, one link.
void test("fetch() unpacks .zip with modes and links", async () => {
  const archive = join(directory, "made.zip");
  await writeFile(
    archive,
    makeZip([
      { name: "bin/", mode: 0o40755, content: "" },
      { name: "bin/run", mode: 0o100750, content: "#!/bin/sh\n" },
      { name: "run", mode: 0o120777, content: "bin/run" },
    ]),
  );
  const { sandbox, files, error } = await fetchAll([archive]);
  assert.deepEqual([error, files], ["", ["bin", "bin/run", "made.zip", "run"]]);
  assert.equal((await stat(join(sandbox, "run"))).mode & 0o777, 0o750);
});

const ESCAPES: [string, (Partial<Header> & { name: string })[]][] = [
  ["..", [{ name: "../out" }]],
  ["a deep ..", [{ name: "a/../../out" }]],
  ["an absolute name", [{ name: join(directory, "out") }]],
  [
    "a link out and a file through it",
    [
      { name: "link", type: "symlink", linkname: directory },
      { name: "link/out", type: "file" },
    ],
  ],
  [
    "two links",
    [
      { name: "a", type: "symlink", linkname: ".." },
      { name: "b", type: "symlink", linkname: "a/.." },
      { name: "b/out", type: "directory" },
    ],
  ],
  [
    "a second name for a file outside",
    [{ name: "out", type: "link", linkname: "../../../source/plain.txt" }],
  ],
  ["a device", [{ name: "null", type: "character-device", devmajor: 1, devminor: 3 }]],
];
for (const [name, entries] of ESCAPES) {
  void test(`fetch() refuses an archive with ${name}`, async () => {
    const { error, stderr } = await fetchAll([await makeTar(`escape${++serial}.tar`, entries)]);
    assert.equal(error, FAILED);
    assert.match(stderr, /Failed to extract archive .*(is outside the sandbox directory|is not unpacked)/);
    await assert.rejects(stat(join(directory, "out")), { code: "ENOENT" });
    await assert.rejects(stat(join(directory, "sandboxes/out")), { code: "ENOENT" });
  });
}

void test("fetch() refuses zip entries that leave the sandbox and damaged archives", async () => {
  const archive = join(directory, "escape.zip");
  await writeFile(archive, makeZip([{ name: "../out", mode: 0o100644, content: "x" }]));
  assert.match((await fetchAll([archive])).stderr, /Failed to extract archive .*\.\.\/out/);
  for (const name of ["bad.tar.gz", "bad.tar.xz", "bad.tar.bz2", "bad.zip", "bad.gz", "bad.tar"]) {
    await writeFile(join(directory, name), Buffer.alloc(2000, 7));
    const { error, stderr } = await fetchAll([join(directory, name)]);
    assert.equal(error, FAILED, name);
    assert.match(stderr, /Failed to extract archive/, name);
  }
});

void test("fetch() takes the same URI twice, and one behind a space", async () => {
  const { files, error } = await fetchAll([at("/plain.txt"), at("/plain.txt"), ` ${at("/moved")}`]);
  assert.deepEqual([error, files], ["", ["moved", "plain.txt"]]);
});

void test("fetch() takes the last of entries with one name, and unpacks by the name it is given", async () => {
  const twice = join(directory, "twice.zip");
  const entry = { name: "same", mode: 0o100644 };
  const entries = ["first", "second"].map((content) => ({ ...entry, content }));
  await writeFile(twice, makeZip(entries));
  const renamed = { value: `${source}/plain.txt.gz`, output_file: "other.gz" };
  const { sandbox, error } = await fetchAll([twice, renamed]);
  assert.equal(error, "");
  assert.equal(await readFile(join(sandbox, "same"), "utf8"), "second");
  assert.equal(await readFile(join(sandbox, "other"), "utf8"), "plain\n");
});

void test("fetch() replaces what an archive brought, links too, and follows none", async () => {
  const archive = await makeTar("link.tar", [
    { name: "plain.txt", type: "symlink", linkname: join(directory, "victim") },
  ]);
  await writeFile(join(directory, "victim"), "untouched");
  const { sandbox, error } = await fetchAll([archive, `${source}/plain.txt`]);
  assert.equal(error, "");
  assert.equal(await readFile(join(sandbox, "plain.txt"), "utf8"), "plain\n");
  assert.equal(await readFile(join(directory, "victim"), "utf8"), "untouched");
});

void test(
  "fetch() gives files to the user and only what that user may read",
  { skip: !root && "needs root" },
  async () => {
    await chmod(directory, 0o755);
    const archive = join(directory, "owned.tar");
    await execute("tar", ["cf", archive, "-C", source, "in"]);
    const uris = [archive, at("/plain.txt"), "hdfs://host/user"];
    const { sandbox, error } = await fetchAll(uris, { user: "nobody", hadoopHome });
    assert.equal(error, "");
    const uid = (await stat(sandbox)).uid;
    for (const name of ["owned.tar", "in", "in/inner.txt", "plain.txt", "user", "stderr"]) {
      assert.equal((await stat(join(sandbox, name))).uid, uid, name);
    }
    assert.equal(
      await readFile(join(sandbox, "user"), "utf8"),
      `${uid}\n`,
      "Hadoop's program ran as that user",
    );
    assert.notEqual(uid, 0);
    await writeFile(join(directory, "private"), "for root alone", { mode: 0o600 });
    await symlink(join(directory, "private"), join(directory, "public"));
    for (const name of ["private", "public"]) {
      const refused = await fetchAll([join(directory, name)], { user: "nobody" });
      assert.equal(refused.error, FAILED);
      assert.match(refused.stderr, /Permission denied/);
      assert.equal(await readFile(join(refused.sandbox, name), "utf8").catch(() => ""), "");
    }
  },
);

void test("fetch() downloads what is cached once, and again when it failed or went", async () => {
  const cache = { directory: join(directory, "cache"), maxBytes: 1000 };
  const counted = new Map<string, number>();
  server.on("request", ({ url = "" }) => void counted.set(url, (counted.get(url) ?? 0) + 1));
  const fetcher = new UriFetcher(
    { frameworksHome: "", stallTimeoutMs: 60_000, cache },
    { clock: systemClock, logger: silentLogger },
  );
  const fetchCached = async (path: string): Promise<string> => {
    const sandbox = join(directory, `sandboxes/${++serial}/run`);
    await createSandbox(sandbox);
    const uris = [{ value: at(path), cache: true, output_file: "sub/got" }];
    await fetcher.fetch({ containerId: String(serial), sandbox, uris });
    return readFile(join(sandbox, "sub/got"), "utf8");
  };
  const plain = "/plain.txt?cached";
  assert.deepEqual(await Promise.all([1, 2, 3].map(() => fetchCached(plain))), [
    "plain\n",
    "plain\n",
    "plain\n",
  ]);
  assert.deepEqual([counted.get(plain), fetcher.cachedBytes], [1, 6]);
  await Promise.all([1, 2].map(() => assert.rejects(fetchCached("/nothing?cached"))));
  assert.equal(counted.get("/nothing?cached"), 2);
  await fetchCached("/big?cached");
  assert.equal(fetcher.cachedBytes, 0, "what was there before gave way, what is too large did not stay");
  await fetchCached(plain);
  assert.equal(counted.get(plain), 2);
});

void test("fetch() unpacks from the cache without copying the archive", async () => {
  const archive = await makeTar("cached.tar", [{ name: "x" }]);
  const { files, error } = await fetchAll([{ value: archive, cache: true }], {
    cache: { directory: join(directory, "cache"), maxBytes: 10_000 },
  });
  assert.deepEqual([error, files], ["", ["x"]]);
});

async function makeTar(name: string, entries: (Partial<Header> & { name: string })[]): Promise<string> {
  const archive = pack();
  for (const entry of entries) {
    if (entry.type === undefined || entry.type === "file")
      archive.entry({ ...entry, type: "file" }, "content");
    else archive.entry(entry, "");
  }
  archive.finalize();
  const path = join(directory, name);
  await pipeline(archive, createWriteStream(path));
  return path;
}

/** A zip file of stored entries (APPNOTE 4.3). */
function makeZip(entries: { name: string; mode: number; content: string }[]): Buffer {
  const files: Buffer[] = [];
  const index: Buffer[] = [];
  let offset = 0;
  for (const { name, mode, content } of entries) {
    const data = Buffer.from(content);
    const fields = Buffer.alloc(26);
    fields.writeUInt16LE(20, 0);
    fields.writeUInt32LE(crc32(data), 10);
    fields.writeUInt32LE(data.length, 14);
    fields.writeUInt32LE(data.length, 18);
    fields.writeUInt16LE(name.length, 22);
    files.push(Buffer.from("PK\x03\x04"), fields, Buffer.from(name), data);
    const more = Buffer.alloc(14);
    more.writeUInt32LE((mode << 16) >>> 0, 6);
    more.writeUInt32LE(offset, 10);
    index.push(Buffer.from("PK\x01\x02"), Buffer.from([20, 3]), fields, more, Buffer.from(name));
    offset += 30 + name.length + data.length;
  }
  const size = Buffer.concat(index).length;
  const end = Buffer.alloc(18);
  end.writeUInt16LE(entries.length, 4);
  end.writeUInt16LE(entries.length, 6);
  end.writeUInt32LE(size, 8);
  end.writeUInt32LE(offset, 12);
  return Buffer.concat([...files, ...index, Buffer.from("PK\x05\x06"), end]);
}
