// A real registry on loopback.
import { copyFileSync, mkdirSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { takePort } from "../../stories/support/ports.ts";
import type { Story } from "../../stories/support/story.ts";
import { until } from "../../stories/support/until.ts";
import { type ImageSettings, makeImage } from "./make-image.ts";

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

  /** The manifest of an image, and its digest. */
  async manifestOf(name: string): Promise<{ digest: string; layers: { digest: string }[] }> {
    const [repository = "", tag = "latest"] = name.split(":");
    const answer = await fetch(`http://${this.address}/v2/${repository}/manifests/${tag}`, {
      headers: { Accept: "application/vnd.oci.image.manifest.v1+json" },
    });
    const { layers } = (await answer.json()) as { layers: { digest: string }[] };
    return { digest: answer.headers.get("Docker-Content-Digest") ?? "", layers };
  }

  /** Breaks what lies on the registry's disk under a digest, or puts what lies under another one there. */
  corrupt(digest: string, other?: string): void {
    const pathOf = (of: string): string => {
      const hash = of.replace("sha256:", "");
      return join(this.folder, "data/docker/registry/v2/blobs/sha256", hash.slice(0, 2), hash, "data");
    };
    if (other !== undefined) copyFileSync(pathOf(other), pathOf(digest));
    else writeFileSync(pathOf(digest), Buffer.alloc(statSync(pathOf(digest)).size, "broken"));
  }

  /** Makes an image as an OCI layout and copies it to `to`; returns that. */
  async push(
    name: string,
    settings: ImageSettings,
    { to, credentials }: { to?: string; credentials?: string } = {},
  ): Promise<string> {
    const target = to ?? `docker://${this.address}/${name}`;
    const login = credentials === undefined ? [] : ["--dest-creds", credentials];
    await makeImage(this.folder, name, settings, { target, login });
    return target;
  }
}
