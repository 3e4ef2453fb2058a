// The container that the flags of `mezzo execute` ask for, if they do.
import {
  failure,
  fromJson,
  success,
  type ContainerInfo,
  type Image,
  type Result,
  type Volume,
} from "@mezzo/wire";
import type { FlagValues } from "../../core/flags/flag.ts";
import type { executeFlags } from "../flags/execute-flags.ts";

type Values = FlagValues<typeof executeFlags>;

/** mesos-execute knows no other platform. */
const APPC_LABELS = [
  { key: "os", value: "linux" },
  { key: "arch", value: "amd64" },
];

const listOf = (text: string | undefined): string[] => (text ?? "").split(",").filter((each) => each !== "");

function imageOf(values: Values): Image | undefined {
  if (values.docker_image !== undefined) return { type: "DOCKER", docker: { name: values.docker_image } };
  if (values.appc_image === undefined) return undefined;
  return { type: "APPC", appc: { name: values.appc_image, labels: { labels: APPC_LABELS } } };
}

function dockerContainer(values: Values, volumes: Volume[]): Result<ContainerInfo> {
  const image = values.docker_image;
  if (image === undefined) return failure("'Docker' containerizer requires docker image name");
  const networks = listOf(values.networks);
  if (networks.length > 1) return failure("'Docker' containerizer can only support a single network");
  if (values.tty) return failure("'Docker' containerizer does not allow attaching a TTY");
  const [network] = networks;
  return success({
    type: "DOCKER",
    ...(volumes.length > 0 && { volumes }),
    docker: network === undefined ? { image } : { image, network: "USER" },
    ...(network !== undefined && { network_infos: [{ name: network }] }),
  });
}

/** JSON as it was given; the caller makes a message of it. */
function mesosContainer(values: Values, volumes: Volume[]): object | undefined {
  const image = imageOf(values);
  const networks = listOf(values.networks);
  const { effective_capabilities: effective, bounding_capabilities: bounding, rlimits } = values;
  const linux = {
    ...(effective !== undefined && { effective_capabilities: effective }),
    ...(bounding !== undefined && { bounding_capabilities: bounding }),
  };
  const container = {
    ...(volumes.length > 0 && { volumes }),
    ...(image !== undefined && { mesos: { image } }),
    ...(networks.length > 0 && { network_infos: networks.map((name) => ({ name })) }),
    ...(Object.keys(linux).length > 0 && { linux_info: linux }),
    ...(rlimits !== undefined && { rlimit_info: rlimits }),
    ...(values.tty && { tty_info: {} }),
  };
  return Object.keys(container).length === 0 ? undefined : { type: "MESOS", ...container };
}

/** The ContainerInfo, or undefined where a plain process will do. @see Mesos src/cli/execute.cpp `getContainerInfo` */
export function buildContainer(values: Values): Result<ContainerInfo | undefined> {
  const volumes: Volume[] = [];
  for (const each of Array.isArray(values.volumes) ? (values.volumes as unknown[]) : []) {
    const volume = fromJson("Volume", each);
    if (!volume.ok) return failure(`Failed to convert '--volumes' to protobuf: ${volume.error}`);
    volumes.push(volume.value);
  }
  if (values.containerizer === "docker") return dockerContainer(values, volumes);
  const container = mesosContainer(values, volumes);
  return container === undefined ? success(undefined) : fromJson("ContainerInfo", container);
}
