// A real registry on loopback, and images made for it of a program of this machine.
import { execFile } from "node:child_process";
import { copyFileSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { takePort } from "../../stories/support/ports.ts";
import type { Story } from "../../stories/support/story.ts";
import { until } from "../../stories/support/until.ts";

const execute = promisify(execFile);

export interface ImageSettings {
  entrypoint?: readonly string[];
  cmd?: readonly string[];
  env?: readonly string[];
  workingDirectory?: string;
}

/** A folder with a shell and what it needs, as the root of an image. */
async function makeRoot(folder: string): Promise<void> {
  mkdirSync(join(folder, "bin"), { recursive: true });
  mkdirSync(join(folder, "tmp"));
  for (const program of ["sh", "cat", "ls", "sleep", "env", "pwd", "echo"]) {
    copyFileSync(`/bin/${program}`, join(folder, "bin", program));
    const { stdout } = await execute("ldd", [`/bin/${program}`]);
    for (const [library] of stdout.matchAll(/\/\S+\.so\S*/g)) {
      mkdirSync(join(folder, library, ".."), { recursive: true });
      copyFileSync(library, join(folder, library));
    }
  }
  writeFileSync(join(folder, "who"), "an image\n");
}

export class Registry {
  readonly address: string;
  readonly folder: string;

  private constructor(story: Story, port: number) {
    this.address = `127.0.0.1:${port}`;
    this.folder = join(story.folder, "registry");
  }

  /** Debian's docker-registry; with a `htpasswd` line it asks for credentials. */
  static async start(story: Story, htpasswd?: string): Promise<Registry> {
    const registry = new Registry(story, await takePort());
    mkdirSync(registry.folder);
    const passwords = join(registry.folder, "htpasswd");
    if (htpasswd !== undefined) writeFileSync(passwords, htpasswd);
    const auth = htpasswd === undefined ? "" : `auth: {htpasswd: {realm: r, path: ${passwords}}}\n`;
    const config = join(registry.folder, "config.yml");
    const storage = `storage: {filesystem: {rootdirectory: ${registry.folder}/data}}`;
    writeFileSync(
      config,
      `version: 0.1\nlog: {level: error}\n${storage}\nhttp: {addr: "${registry.address}"}\n${auth}`,
    );
    story.start(["docker-registry", "serve", config]);
    await until(
      "the registry answers",
      async () => (await fetch(`http://${registry.address}/v2/`)).status > 0,
    );
    return registry;
  }

  /** Makes an image as an OCI layout and copies it to `to`; returns that. */
  async push(
    name: string,
    settings: ImageSettings,
    { to, credentials }: { to?: string; credentials?: string } = {},
  ): Promise<string> {
    const layout = join(this.folder, `layout-${name.replaceAll(/[:/]/g, "-")}`);
    const bundle = `${layout}-bundle`;
    const image = `${layout}:image`;
    await execute("umoci", ["init", "--layout", layout]);
    await execute("umoci", ["new", "--image", image]);
    await execute("umoci", ["unpack", "--image", image, bundle]);
    await makeRoot(join(bundle, "rootfs"));
    await execute("umoci", ["repack", "--image", image, bundle]);
    const { entrypoint = [], cmd = [], env = [], workingDirectory } = settings;
    const flags = [
      ...entrypoint.map((part) => `--config.entrypoint=${part}`),
      ...cmd.map((part) => `--config.cmd=${part}`),
      ...env.map((part) => `--config.env=${part}`),
      ...(workingDirectory === undefined ? [] : [`--config.workingdir=${workingDirectory}`]),
    ];
    if (flags.length > 0) await execute("umoci", ["config", "--image", image, ...flags]);
    const target = to ?? `docker://${this.address}/${name}`;
    const login = credentials === undefined ? [] : ["--dest-creds", credentials];
    await execute("skopeo", [
      "--insecure-policy",
      "copy",
      "--dest-tls-verify=false",
      ...login,
      `oci:${image}`,
      target,
    ]);
    return target;
  }
}
