// Everything that is asked of the linux launcher with runc once more, with crun in its place.
import { Containers } from "./support/containers.ts";

Containers.runtime = "crun";
await import("./linux-driver.test.ts");
await import("./linux-recovery.test.ts");
