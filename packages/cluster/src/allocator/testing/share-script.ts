// Runs short scripts against the share order: one line a step, one framework a role, so that an order is a list of roles.
import { removeAgent, removeFramework, reviveOffers, suppressOffers, updateWeights } from "../index.ts";
import { hold, letGo } from "../holdings.ts";
import { knownAgent } from "../known.ts";
import { walkClients } from "../shares/walk.ts";
import { TestCluster, allocated } from "./test-cluster.ts";

/** The active roles in the order in which they may choose, separated by blanks. */
function shareOrder(cluster: TestCluster): string {
  const roles: string[] = [];
  walkClients(cluster.state.shares, (client) => {
    roles.push(client.role.name);
    return "next";
  });
  return roles.join(" ");
}

const AGENT = "agent";

function runStep(cluster: TestCluster, step: string): void {
  const [verb, subject = "", value = ""] = step.split(" ");
  const { state } = cluster;
  switch (verb) {
    case "add":
      cluster.framework(`f-${subject}`, { roles: [subject] });
      return;
    case "remove":
      removeFramework(state, `f-${subject}`);
      return;
    case "give":
      hold(state, knownAgent(state, AGENT), {
        frameworkId: `f-${subject}`,
        role: subject,
        resources: allocated(value, subject),
      });
      return;
    case "take":
      letGo(state, knownAgent(state, AGENT), {
        frameworkId: `f-${subject}`,
        role: subject,
        resources: allocated(value, subject),
      });
      return;
    case "weight":
      updateWeights(state, [[subject, Number(value)]]);
      return;
    case "suppress":
      suppressOffers(state, `f-${subject}`);
      return;
    case "revive":
      reviveOffers(state, `f-${subject}`);
      return;
    case "spare":
      // More for the cluster's totals; the name is the agent's.
      cluster.agent(subject, value);
      return;
    case "unspare":
      removeAgent(state, subject);
      return;
    default:
      throw new TypeError(`Unknown step ${step}`);
  }
}

/** Runs a script on one agent; returns a line for each `?`, the order at that point. */
export function runShareScript(total: string, script: string): string[] {
  const cluster = new TestCluster();
  cluster.agent(AGENT, total);
  const orders: string[] = [];
  for (const step of script
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "")) {
    if (step === "?") orders.push(shareOrder(cluster));
    else runStep(cluster, step);
  }
  return orders;
}
