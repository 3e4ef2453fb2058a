// Where an image comes from: its name, as Docker writes it, and the registry or folder of the agent's flags.
import { existsSync } from "node:fs";
import { join } from "node:path";

/** `registry/repository:tag@digest` apart. @see Mesos src/docker/spec.cpp parseImageReference */
export interface ImageReference {
  registry?: string;
  repository: string;
  tag?: string;
  digest?: string;
}

/** Throws for a name that is none. */
export function parseImageReference(name: string): ImageReference {
  const [path = "", digest] = name.split("@", 2);
  const slash = path.indexOf("/");
  const first = slash < 0 ? "" : path.slice(0, slash);
  // A first part with a dot or a port is a host, as Docker has it.
  const hasRegistry = /[.:]/.test(first) || first === "localhost";
  const rest = hasRegistry ? path.slice(slash + 1) : path;
  const colon = rest.lastIndexOf(":");
  const repository = colon < 0 ? rest : rest.slice(0, colon);
  const tag = colon < 0 ? undefined : rest.slice(colon + 1);
  const isRepository = /^[a-z0-9]+(?:[._-]+[a-z0-9]+)*(?:\/[a-z0-9]+(?:[._-]+[a-z0-9]+)*)*$/.test(repository);
  const isTag = tag === undefined || /^[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}$/.test(tag);
  const isDigest = digest === undefined || /^sha256:[0-9a-f]{64}$/.test(digest);
  const isRegistry = !hasRegistry || /^([A-Za-z0-9][A-Za-z0-9.-]*|\[[0-9a-fA-F:]+\])(:\d{1,5})?$/.test(first);
  if (!isRegistry || !isRepository || !isTag || !isDigest)
    throw new Error(`Failed to parse docker image '${name}'`);
  return {
    ...(hasRegistry && { registry: first }),
    repository,
    ...(tag !== undefined && { tag }),
    ...(digest !== undefined && { digest }),
  };
}

/** What a program that copies images is told. */
export interface ImageSource {
  /** `docker://host/repository:tag` or `docker-archive:/path`. */
  location: string;
  /** Over TLS, with a certificate that is checked. */
  secure: boolean;
  /** The archive's path, and which of its images; absent with a registry. */
  archive?: string;
  reference?: ImageReference;
}

const HUB = /^registry-1\.docker\.io$|^docker\.io$|^index\.docker\.io$/;

/** A registry on this machine speaks plain HTTP, as Docker has it. */
function isLocal(registry: string): boolean {
  return /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])(:\d+)?$/.test(registry);
}

/**
 * `flag` is `--docker_registry`: the URL of a registry, or the folder of archives, `name:tag.tar`, `name@digest.tar`, and `name.tar`
 * for a name without either. A registry's answer for a digest is checked by skopeo; an archive is taken by its name alone, as
 * in Mesos.
 */
export function imageSource(
  name: string,
  flag: string,
  exists: (path: string) => boolean = existsSync,
): ImageSource {
  const reference = parseImageReference(name);
  const { repository, tag, digest } = reference;
  const version = digest === undefined ? `:${tag ?? "latest"}` : `@${digest}`;
  const folder = /^(?:file:\/\/)?(\/.*)$/.exec(flag)?.[1];
  if (folder !== undefined && reference.registry === undefined) {
    const plain = join(folder, `${repository}.tar`);
    const tagged = join(folder, `${repository}${version}.tar`);
    const archive = tag === undefined && digest === undefined && exists(plain) ? plain : tagged;
    return { location: `docker-archive:${archive}`, secure: true, archive, reference };
  }
  if (reference.registry !== undefined) {
    const { registry } = reference;
    return { location: `docker://${registry}/${repository}${version}`, secure: !isLocal(registry) };
  }
  const match = /^(?:(https?):\/\/)?([^/]+)(\/.*)?$/.exec(flag);
  const [, scheme, host = "", prefix = ""] = match ?? [];
  if (HUB.test(host)) {
    const official = repository.includes("/") ? repository : `library/${repository}`;
    return { location: `docker://docker.io/${official}${version}`, secure: true };
  }
  const place = `${host}${prefix.replace(/\/$/, "")}`;
  return {
    location: `docker://${place}/${repository}${version}`,
    secure: scheme !== "http" && !isLocal(host),
  };
}
