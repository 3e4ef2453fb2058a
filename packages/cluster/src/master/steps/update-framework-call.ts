// UPDATE_FRAMEWORK: change FrameworkInfo, suppression and constraints without subscribing again.
import { type SchedulerCallUpdateFramework, equalMessages, validateFrameworkUpdate } from "@mezzo/wire";
import { refuseFramework } from "../authorization/refusals.ts";
import { sendFrameworkUpdates, updateFramework } from "../changes/update-framework.ts";
import type { Framework } from "../framework.ts";
import type { Turn } from "../turn.ts";
import { checkFrameworkInfo, checkTerms } from "./check-subscription.ts";
import type { CallAnswer } from "./run-call.ts";

/** Applies the change, or answers 400 with the reason. @see Mesos src/master/master.cpp Master::updateFramework */
export function updateFrameworkCall(
  turn: Turn,
  framework: Framework,
  call: SchedulerCallUpdateFramework,
): CallAnswer {
  const info = call.framework_info;
  const invalid = checkFrameworkInfo(turn.state, info);
  if (invalid !== undefined) return { status: 400, body: `Supplied FrameworkInfo is not valid: ${invalid}` };
  const immutable = validateFrameworkUpdate(framework.info, info);
  if (immutable !== undefined) {
    return { status: 400, body: `FrameworkInfo update is not valid: ${immutable}` };
  }
  const checked = checkTerms(turn.state, call);
  if ("error" in checked) {
    return { status: 400, body: `'UpdateFramework' call is not valid: ${checked.error}` };
  }
  const denied = refuseFramework(turn.state, info);
  if (denied !== undefined) return { status: 403, body: denied };
  const changed = !equalMessages(framework.info, info);
  updateFramework(turn, framework, { info, terms: checked.terms });
  if (changed) sendFrameworkUpdates(turn, framework);
  return { status: 200 };
}
