// Every benchmark, in the order they run.
import type { Benchmark } from "./benchmark.ts";
import { allocator } from "./cases/allocator.ts";
import { codec } from "./cases/codec.ts";
import { largeCluster } from "./cases/large-cluster.ts";
import { oneTask } from "./cases/one-task.ts";
import { realAgent } from "./cases/real-agent.ts";
import { tasks } from "./cases/tasks.ts";

export const BENCHMARKS: readonly Benchmark[] = [tasks, oneTask, largeCluster, realAgent, allocator, codec];
