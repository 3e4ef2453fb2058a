// /profiler/start and /profiler/stop: a Mesos that was built without gperftools says so, and so do we.
import { errorResponse } from "./responses.ts";
import type { Route } from "./router.ts";

const DISABLED =
  "Perftools is disabled. To enable perftools, configure libprocess with --enable-perftools.\n";

/** Both endpoints. @see Mesos 3rdparty/libprocess/src/profiler.cpp */
export const PROFILER_ROUTES: readonly Route[] = ["/start", "/stop"].map((path) => ({
  process: "profiler",
  path,
  handle: () => errorResponse(400, DISABLED),
}));
