// Images of programs of this machine, made without a daemon.
import { execFile } from "node:child_process";
import { copyFileSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";

const execute = promisify(execFile);

export interface ImageSettings {
  entrypoint?: readonly string[];
  cmd?: readonly string[];
  env?: readonly string[];
  workingDirectory?: string;
  /** Files in the image, by their paths. */
  files?: Readonly<Record<string, string>>;
}

/** A folder with a shell and what it needs, as the root of an image. */
async function makeRoot(folder: string, files: ImageSettings["files"] = {}): Promise<void> {
  mkdirSync(join(folder, "bin"), { recursive: true });
  mkdirSync(join(folder, "tmp"));
  for (const program of ["sh", "cat", "ls", "sleep", "env", "pwd", "echo", "stty"]) {
    copyFileSync(`/bin/${program}`, join(folder, "bin", program));
    const { stdout } = await execute("ldd", [`/bin/${program}`]);
    for (const [library] of stdout.matchAll(/\/\S+\.so\S*/g)) {
      mkdirSync(join(folder, library, ".."), { recursive: true });
      copyFileSync(library, join(folder, library));
    }
  }
  writeFileSync(join(folder, "who"), "an image\n");
  for (const [path, text] of Object.entries(files)) writeFileSync(join(folder, path), text);
}

/** Makes an image as an OCI layout below a folder and copies it to where skopeo's words say. */
export async function makeImage(
  folder: string,
  name: string,
  settings: ImageSettings,
  { target, login = [] }: { target: string; login?: readonly string[] },
): Promise<void> {
  const layout = join(folder, `layout-${name.replaceAll(/[:/]/g, "-")}`);
  const bundle = `${layout}-bundle`;
  const image = `${layout}:image`;
  await execute("umoci", ["init", "--layout", layout]);
  await execute("umoci", ["new", "--image", image]);
  await execute("umoci", ["unpack", "--image", image, bundle]);
  await makeRoot(join(bundle, "rootfs"), settings.files);
  await execute("umoci", ["repack", "--image", image, bundle]);
  const { entrypoint = [], cmd = [], env = [], workingDirectory } = settings;
  const flags = [
    ...entrypoint.map((part) => `--config.entrypoint=${part}`),
    ...cmd.map((part) => `--config.cmd=${part}`),
    ...env.map((part) => `--config.env=${part}`),
    ...(workingDirectory === undefined ? [] : [`--config.workingdir=${workingDirectory}`]),
  ];
  if (flags.length > 0) await execute("umoci", ["config", "--image", image, ...flags]);
  await execute("skopeo", [
    "--insecure-policy",
    "copy",
    "--dest-tls-verify=false",
    ...login,
    `oci:${image}`,
    target,
  ]);
}

/** Makes an archive as `docker save` wrote them before Docker 1.10: `<folder>/<name>.tar`, of two layers. */
export async function makeOldArchive(folder: string, name: string, settings: ImageSettings): Promise<void> {
  const image = join(folder, `${name}-archive`);
  const layers = ["a1", "b2"] as const;
  for (const id of layers) mkdirSync(join(image, id, "root"), { recursive: true });
  await makeRoot(join(image, "a1/root"));
  writeFileSync(join(image, "b2/root/upper"), "of the upper layer\n");
  const { entrypoint = null, cmd = null, env = null } = settings;
  const upper = { id: "b2", parent: "a1", config: { Entrypoint: entrypoint, Cmd: cmd, Env: env } };
  writeFileSync(join(image, "a1/json"), JSON.stringify({ id: "a1" }));
  writeFileSync(join(image, "b2/json"), JSON.stringify(upper));
  writeFileSync(join(image, "repositories"), JSON.stringify({ [name]: { latest: "b2" } }));
  for (const id of layers) {
    await execute("tar", ["-C", join(image, id, "root"), "-cf", join(image, id, "layer.tar"), "."]);
    rmSync(join(image, id, "root"), { recursive: true });
  }
  await execute("tar", ["-C", image, "-cf", join(folder, `${name}.tar`), "."]);
  rmSync(image, { recursive: true });
}
