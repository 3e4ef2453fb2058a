// The agent's flags about containers, images and Docker. @see Mesos src/slave/flags.cpp
import type { FlagTable } from "../../../core/flags/flag.ts";
import { checkContainerizers, checkIsolation, checkLauncher } from "../check-containers.ts";
import { NO_DOCKER_IMAGE, NO_DOCKER_VOLUMES, NO_IMAGES } from "../reasons.ts";

export const containerFlags = {
  containerizers: {
    type: "string",
    default: "mesos",
    help: "How tasks are contained.",
    check: checkContainerizers,
  },
  launcher: {
    type: "string",
    default: "posix",
    help: "How containers are started: posix (process groups) or linux (namespaces and cgroups; needs root, runc and conmon).",
    check: checkLauncher,
  },
  isolation: {
    type: "string",
    default: "posix/cpu,posix/mem",
    help: "What isolates containers from each other, separated by commas.",
    check: checkIsolation,
  },
  default_container_info: {
    type: "json",
    help: "The ContainerInfo, as JSON, of executors that bring none.",
  },
  sandbox_directory: {
    type: "path",
    default: "/mnt/mesos/sandbox",
    help: "Where a container with an image sees its sandbox.",
  },
  gc_non_executor_container_sandboxes: {
    type: "bool",
    default: "false",
    help: "Remove sandboxes of ended tasks of groups and nested containers after gc_delay, too, while their executor runs on.",
  },
  image_providers: {
    type: "string",
    help: "Which images containers may have: docker. Needs the linux launcher and filesystem/linux in --isolation.",
    values: ["docker"],
  },
  image_provisioner_backend: {
    type: "string",
    values: ["overlay", "copy"],
    help: "How a container gets a file system of its own: overlay unless given, or copy.",
  },
  image_gc_config: {
    type: "json",
    help:
      'When images that no container uses are removed without being asked: {"image_disk_headroom": 0.1, ' +
      '"image_disk_watch_interval": {"nanoseconds": 3600000000000}, "excluded_images": []}.',
  },
  appc_simple_discovery_uri_prefix: {
    type: "string",
    default: "http://",
    help: "Where appc images are looked for.",
    refused: NO_IMAGES,
  },
  appc_store_dir: {
    type: "path",
    default: "/var/run/mesos/store/appc",
    help: "The folder of appc images.",
    refused: NO_IMAGES,
  },
  docker: { type: "path", default: "docker", help: "The docker command of the docker containerizer." },
  docker_config: {
    type: "json",
    help: "Docker's config.json, with the credentials for registries. Keep it in a file: file:///path.",
  },
  docker_ignore_runtime: {
    type: "bool",
    default: "false",
    help: "Ignore what an image says about how to run it.",
  },
  docker_kill_orphans: {
    type: "bool",
    default: "true",
    help: "Remove Docker containers of this agent that no task owns.",
  },
  docker_mesos_image: { type: "string", help: "The image this agent runs in.", refused: NO_DOCKER_IMAGE },
  docker_registry: {
    type: "string",
    default: "https://registry-1.docker.io",
    help: "Where Docker images are pulled from: the URL of a registry, or the folder of archives name:tag.tar.",
  },
  docker_remove_delay: {
    type: "duration",
    default: "6hrs",
    help: "How long an ended Docker container is kept.",
  },
  docker_socket: {
    type: "path",
    default: "/var/run/docker.sock",
    help: "The socket of the Docker daemon.",
  },
  docker_stop_timeout: {
    type: "duration",
    default: "0ns",
    help: "How long a Docker container that is destroyed may take to end; 0 kills it at once.",
  },
  docker_store_dir: {
    type: "path",
    default: "/var/run/mesos/store/docker",
    help: "The folder of Docker images.",
  },
  docker_volume_checkpoint_dir: {
    type: "path",
    default: "/var/run/mesos/isolators/docker/volume",
    help: "Where mounted Docker volumes are written down.",
    refused: NO_DOCKER_VOLUMES,
  },
  docker_volume_chown: {
    type: "bool",
    default: "false",
    help: "Give Docker volumes to the container's user.",
    refused: NO_DOCKER_VOLUMES,
  },
} as const satisfies FlagTable;
