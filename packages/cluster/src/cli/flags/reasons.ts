// Why flags are refused: one sentence a family, said after the flag's name.

export const NO_MODULES = "Mesos' modules are C++ libraries, which Mezzo cannot load";
export const NO_AGENT_CGROUPS = "the agent itself is not put into cgroups; whatever starts it may do that";
export const NO_PERF = "the cgroups/perf_event isolator is not built";
export const NO_NET_CLS = "the cgroups/net_cls isolator is not built";
export const NO_DOCKER_IMAGE = "the docker executor is part of the agent and needs no image";
export const NO_DOCKER_VOLUMES = "the docker/volume isolator is not built yet";
export const NO_IMAGES = "Appc images are not built: no registry serves them any more";
export const NO_STORAGE = "resource providers and CSI volumes are not built yet";
