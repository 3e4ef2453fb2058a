// How messages name the scheduler driver of a framework, which frameworks on the HTTP API do not have.

/** How libprocess writes the address of nobody. */
const NOBODY = "@0.0.0.0:0";

/** The pid of a framework's driver; undefined for what a master or checkpoint writes where there is none. */
export function driverPid(pid: string | undefined): string | undefined {
  return pid === "" || pid === NOBODY ? undefined : pid;
}
