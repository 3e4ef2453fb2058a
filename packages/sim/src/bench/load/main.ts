// The load process: simulated agents and schedulers for one master. Started by `LoadProcess`.
import { LoadCluster } from "./load-cluster.ts";
import type { LoadReply, LoadRequest } from "./commands.ts";

function run(cluster: LoadCluster, request: LoadRequest): Promise<unknown> {
  switch (request.name) {
    case "register":
      return cluster.register(request.ask.agents);
    case "tasks":
      return cluster.runTasks(request.ask);
    case "poll":
      return cluster.poll(request.ask);
    case "reregister":
      return cluster.reregister();
  }
}

const [masterPort, agentPort] = process.argv.slice(2).map(Number);
const cluster = new LoadCluster({ masterPort: masterPort ?? 0, agentPort: agentPort ?? 0 });
await cluster.start();
process.on("message", (request: LoadRequest) => {
  const reply = (content: Omit<LoadReply, "number">): void => {
    process.send?.({ number: request.number, ...content } satisfies LoadReply);
  };
  run(cluster, request).then(
    (answer) => reply({ answer }),
    (error: unknown) => reply({ error: String(error) }),
  );
});
process.on("disconnect", () => process.exit(0));
