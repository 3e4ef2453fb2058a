// Makes files, directories and links in a sandbox: never outside it, owned by its user.
import { lchown, link, lstat, open as openFile, rm, symlink } from "node:fs/promises";
import {
  closeSync,
  constants,
  createWriteStream,
  fchmodSync,
  fchownSync,
  openSync,
  type WriteStream,
} from "node:fs";
import { join } from "node:path";
import { type Readable, Transform } from "node:stream";
import { pipeline } from "node:stream/promises";
import { atPlace, type Place } from "../sandbox/at-place.ts";
import type { FetchContext } from "./fetch-context.ts";

/** Permissions only: what comes from elsewhere brings no set-user-id. */
const PERMISSIONS = 0o777;

/** Does something where `name` lies in the sandbox; its parents are made. Rejects when that would be outside it. */
function placed<T>(
  context: FetchContext,
  of: { name: string; makes: boolean; isFolder?: boolean },
  use: (place: Place) => T | Promise<T>,
): Promise<T> {
  const { sandbox, identity: owner } = context;
  const outside = (): Error => new Error(`'${of.name}' is outside the sandbox directory`);
  return atPlace({ ...of, sandbox, owner, outside }, use);
}

/** Makes a directory and its parents. */
export function makeDirectory(context: FetchContext, name: string, mode?: number): Promise<void> {
  return placed(context, { name, makes: true, isFolder: true }, ({ folder }) => {
    if (mode !== undefined) folder.chmod(mode & PERMISSIONS);
  });
}

/** What a file is called, and its permissions unless they are the usual ones. */
export interface FetchTarget {
  name: string;
  mode?: number | undefined;
}

/**
 * Writes a file, in place of what has its name; resolves with its path. At most `maxBytes` are taken. `open` is called
 * once there is a place to write to, so that no stream fails or ends before anyone listens.
 */
export async function writeFile(
  context: FetchContext,
  { name, mode, maxBytes = context.maxBytes }: FetchTarget & { maxBytes?: number },
  open: () => Readable,
): Promise<string> {
  const path = join(context.sandbox, name);
  await placed(context, { name, makes: true }, async (place) => {
    await clear(place, path);
    const output = openNew(context, { path: place.path, mode });
    try {
      await pipeline(open(), limitTo(maxBytes), output, { signal: context.signal });
    } finally {
      output.destroy();
    }
  });
  return path;
}

/** Exclusive: what appeared there meanwhile is not ours to write to. */
function openNew(
  { identity }: FetchContext,
  { path, mode }: { path: string; mode: number | undefined },
): WriteStream {
  const { O_WRONLY, O_CREAT, O_EXCL, O_NOFOLLOW } = constants;
  const file = openSync(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW, 0o644);
  try {
    if (identity) fchownSync(file, identity.uid, identity.gid);
    if (mode !== undefined) fchmodSync(file, mode & PERMISSIONS);
    return createWriteStream(path, { fd: file });
  } catch (error) {
    closeSync(file);
    throw error;
  }
}

/** Reads a file of the sandbox: `use` gets a path that leads to that file, whatever has its name by now. */
export async function readFile<T>(
  context: FetchContext,
  name: string,
  use: (path: string) => Promise<T>,
): Promise<T> {
  return placed(context, { name, makes: false }, async (place) => {
    const { O_RDONLY, O_NOFOLLOW, O_NONBLOCK } = constants;
    const file = await openFile(place.path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK);
    try {
      const found = await file.stat();
      // A second name may be that of a file which the task may not read.
      if (!found.isFile() || found.nlink > 1) throw new Error(`'${name}' is not what was fetched`);
      return await use(`/proc/self/fd/${file.fd}`);
    } finally {
      await file.close();
    }
  });
}

/** Makes a symbolic link. Where it leads is not looked at here: nothing is ever written through it. */
export function makeSymbolicLink(context: FetchContext, name: string, target: string): Promise<void> {
  return placed(context, { name, makes: true }, async (place) => {
    await clear(place, join(context.sandbox, name));
    await symlink(target, place.path);
    if (context.identity) await lchown(place.path, context.identity.uid, context.identity.gid);
  });
}

/** Makes a second name for a file of the sandbox. */
export function makeHardLink(context: FetchContext, name: string, target: string): Promise<void> {
  return placed(context, { name: target, makes: false }, (existing) =>
    placed(context, { name, makes: true }, async (place) => {
      await clear(place, join(context.sandbox, name));
      await link(existing.path, place.path);
    }),
  );
}

/** Takes away what has the name of a new entry. */
async function clear(place: Place, path: string): Promise<void> {
  const old = await lstat(place.path).catch(() => undefined);
  if (old?.isDirectory()) throw new Error(`'${path}' is a directory`);
  if (old) await rm(place.path);
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
