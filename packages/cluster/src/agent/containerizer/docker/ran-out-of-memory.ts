// Whether a container ended because its memory ran out. The daemon hears of that and of the end from two sources: when the end
// comes first, it notes in the container's state for good that memory was not the reason, and tells only in an event.
import type { Clock } from "../../../core/clock.ts";
import type { Engine, InspectedContainer } from "./engine.ts";

/** Of whatever was killed: 128 and the number of SIGKILL. */
const KILLED = 137;

/** How long an event may be late. */
const PATIENCE_MS = 1000;

/** `killed` says that the agent has sent it SIGKILL itself. */
export async function ranOutOfMemory(
  { engine, clock }: { engine: Engine; clock: Clock },
  { Id, State, HostConfig }: InspectedContainer,
  { killed, signal }: { killed: boolean; signal: AbortSignal },
): Promise<boolean> {
  if (State.OOMKilled) return true;
  if (killed || State.ExitCode !== KILLED || (HostConfig.Memory ?? 0) === 0) return false;
  const untilMs = clock.now() + PATIENCE_MS;
  const events = await engine.events({ container: [Id], event: ["oom"] }, { untilMs, signal });
  for await (const _ of events) return true;
  return false;
}
