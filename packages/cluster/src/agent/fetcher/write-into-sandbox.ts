// Makes files, directories and links in a sandbox: never outside it, owned by its user.
import { chmod, chown, lchown, link, lstat, mkdir, rm, symlink } from "node:fs/promises";
import { createWriteStream } from "node:fs";
import { dirname, join, relative, sep } from "node:path";
import { type Readable, Transform } from "node:stream";
import { pipeline } from "node:stream/promises";
import { resolveInside } from "../sandbox/resolve-inside.ts";
import type { FetchContext } from "./fetch-context.ts";

/** Permissions only: what comes from elsewhere brings no set-user-id. */
const PERMISSIONS = 0o777;

/** Where `name` lies in the sandbox. Rejects when that would be outside it. */
export async function sandboxPath(context: FetchContext, name: string): Promise<string> {
  const path = await resolveInside(context.sandbox, name);
  if (path === undefined) throw new Error(`'${name}' is outside the sandbox directory`);
  return path;
}

/** Makes a directory and its parents; resolves with its path. */
export async function makeDirectory(context: FetchContext, name: string, mode?: number): Promise<string> {
  const path = await sandboxPath(context, name);
  let at = context.sandbox;
  for (const segment of relative(context.sandbox, path).split(sep).filter(Boolean)) {
    at = join(at, segment);
    const made = await mkdir(at).then(
      () => true,
      (error: NodeJS.ErrnoException) => {
        if (error.code === "EEXIST") return false;
        throw error;
      },
    );
    if (made) await own(context, at);
  }
  const found = await lstat(path);
  // The last segment may be a link, which leads who knows where.
  if (!found.isDirectory() && !(await resolveInside(context.sandbox, join(name, ".inside")))) {
    throw new Error(`'${name}' is outside the sandbox directory`);
  }
  if (mode !== undefined && found.isDirectory()) await chmod(path, mode & PERMISSIONS);
  return path;
}

/**
 * Writes a file, in place of what has its name; resolves with its path. At most `maxBytes` are taken. `open` is called
 * once there is a place to write to, so that no stream fails or ends before anyone listens.
 */
export async function writeFile(
  context: FetchContext,
  { name, mode, maxBytes = context.maxBytes }: { name: string; mode?: number; maxBytes?: number },
  open: () => Readable,
): Promise<string> {
  const path = await place(context, name);
  await pipeline(
    open(),
    limitTo(maxBytes),
    // Exclusive: what appeared there meanwhile is not ours to write to.
    createWriteStream(path, { flags: "wx", mode: 0o644 }),
    { signal: context.signal },
  );
  if (context.identity) await chown(path, context.identity.uid, context.identity.gid);
  if (mode !== undefined) await chmod(path, mode & PERMISSIONS);
  return path;
}

/** Makes a symbolic link. Where it leads is not looked at here: nothing is ever written through it. */
export async function makeSymbolicLink(context: FetchContext, name: string, target: string): Promise<void> {
  const path = await place(context, name);
  await symlink(target, path);
  await own(context, path);
}

/** Makes a second name for a file of the sandbox. */
export async function makeHardLink(context: FetchContext, name: string, target: string): Promise<void> {
  const existing = await sandboxPath(context, target);
  await link(existing, await place(context, name));
}

/** The path of a new entry: its parents exist, itself does not. */
async function place(context: FetchContext, name: string): Promise<string> {
  const path = await sandboxPath(context, name);
  if (path === context.sandbox) throw new Error(`'${name}' names no file`);
  await makeDirectory(context, dirname(relative(context.sandbox, path)));
  const old = await lstat(path).catch(() => undefined);
  if (old?.isDirectory()) throw new Error(`'${path}' is a directory`);
  if (old) await rm(path);
  return path;
}

async function own({ identity }: FetchContext, path: string): Promise<void> {
  if (identity) await lchown(path, identity.uid, identity.gid);
}

/** Passes bytes on and fails when there are too many. */
export function limitTo(maxBytes: number): Transform {
  let seen = 0;
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      seen += chunk.length;
      if (seen > maxBytes) done(new Error(`More than ${maxBytes} bytes`));
      else done(null, chunk);
    },
  });
}
