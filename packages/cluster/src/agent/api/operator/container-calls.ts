// Answers the calls that start, end and attach to containers (`src/slave/http.cpp`, docs/operator-http-api.md of Mesos).
import { constants } from "node:os";
import type { AgentCall, AgentCallType, AgentResponse, ContainerID } from "@mezzo/wire";
import type { Clock } from "../../../core/clock.ts";
import type { HttpResponse } from "../../../net/http/http-response.ts";
import { errorResponse } from "../../../net/http/responses.ts";
import { containerName, rootOf } from "../../launched/container-name.ts";
import { feedInput } from "../../launched/feed-input.ts";
import { executorOf, findKnownContainer } from "../../launched/known-container.ts";
import type { LaunchedContainers, LaunchOutcome, LaunchRequest } from "../../launched/launched-containers.ts";
import type { Switchboard } from "../../launched/switchboard.ts";
import type { Terminals } from "../../launched/terminals.ts";
import type { AgentState } from "../../state.ts";
import { limitsOf } from "../../task/limits-of.ts";
import type { ReadCall } from "./read-call.ts";
import { recordsResponse } from "./records-response.ts";

/** What these calls act upon. */
export interface ContainerContext {
  readonly state: AgentState;
  readonly launched: LaunchedContainers;
  readonly terminals: Pick<Terminals, "find">;
  readonly clock: Clock;
}

type Answer = AgentResponse | HttpResponse;

type Handler = (context: ContainerContext, read: ReadCall) => Promise<Answer>;

const OK: HttpResponse = { status: 200 };
const SIGKILL = 9;

const HANDLERS: Partial<Record<AgentCallType, Handler>> = {
  LAUNCH_CONTAINER: (context, { call }) => launch(context, call.launch_container),
  LAUNCH_NESTED_CONTAINER: (context, { call }) => launch(context, call.launch_nested_container),
  LAUNCH_NESTED_CONTAINER_SESSION: launchSession,
  WAIT_CONTAINER: (context, { call }) => wait(context, call),
  WAIT_NESTED_CONTAINER: (context, { call }) => wait(context, call),
  KILL_CONTAINER: (context, { call }) => kill(context, call.kill_container),
  KILL_NESTED_CONTAINER: (context, { call }) => kill(context, call.kill_nested_container),
  REMOVE_CONTAINER: (context, { call }) => remove(context, call.remove_container),
  REMOVE_NESTED_CONTAINER: (context, { call }) => remove(context, call.remove_nested_container),
  ATTACH_CONTAINER_OUTPUT: attachOutput,
  ATTACH_CONTAINER_INPUT: attachInput,
};

/** The answer, or undefined when the call is none of these. */
export async function answerContainerCall(
  context: ContainerContext,
  read: ReadCall,
): Promise<Answer | undefined> {
  const handler = read.call.type && HANDLERS[read.call.type];
  return handler?.(context, read);
}

/** `readCall` has checked that the part is there. */
type Part<T> = T | undefined;

async function launch(
  { launched }: ContainerContext,
  part: Part<NonNullable<AgentCall["launch_container"]>>,
): Promise<HttpResponse> {
  const outcome = await launched.launch(requestOf(part));
  return outcome.kind === "launched" ? OK : refusalOf(outcome);
}

function requestOf(part: Part<NonNullable<AgentCall["launch_container"]>>): LaunchRequest {
  const { container_id: id = { value: "" }, command = {}, container, resources, limits } = part ?? {};
  return { id, command, container, resources, ...(limits && { limits: limitsOf({ limits }) }) };
}

function refusalOf(outcome: Exclude<LaunchOutcome, { kind: "launched" }>): HttpResponse {
  // Without a body, as Mesos has it.
  return outcome.kind === "already" ? { status: 202 } : errorResponse(outcome.status, outcome.words);
}

/** The container and the connection end together. */
async function launchSession(context: ContainerContext, read: ReadCall): Promise<HttpResponse> {
  const { launched: containers } = context;
  const request = { ...requestOf(read.call.launch_nested_container_session), session: true };
  const outcome = await containers.launch(request);
  if (outcome.kind !== "launched") return refusalOf(outcome);
  const { launched } = outcome;
  if (!launched.switchboard) {
    containers.destroy(launched);
    return errorResponse(500, "Cannot attach to the session: this containerizer gives no streams");
  }
  const stream = launched.switchboard.attachOutput(read.recordsIn);
  stream.onClose(() => containers.destroy(launched));
  return recordsResponse(stream, read);
}

async function wait({ launched }: ContainerContext, call: AgentCall): Promise<Answer> {
  const part = call.wait_container ?? call.wait_nested_container;
  const id = part?.container_id ?? { value: "" };
  const end = await launched.wait(id);
  if (!end) return notFound(id);
  return call.type === "WAIT_CONTAINER"
    ? { type: "WAIT_CONTAINER", wait_container: end }
    : { type: "WAIT_NESTED_CONTAINER", wait_nested_container: end };
}

async function kill(
  { launched }: ContainerContext,
  part: Part<{ container_id: ContainerID; signal?: number }>,
): Promise<HttpResponse> {
  const { container_id: id = { value: "" }, signal = SIGKILL } = part ?? {};
  const name = signalOf(signal);
  if (name === undefined) {
    return errorResponse(500, "Unable to send signal to container: Invalid argument");
  }
  if (await launched.kill(id, name)) return OK;
  return errorResponse(404, `Container '${containerName(id)}' cannot be found (or is already killed)`);
}

function signalOf(number: number): NodeJS.Signals | undefined {
  const names = Object.keys(constants.signals) as NodeJS.Signals[];
  return names.find((name) => constants.signals[name] === number);
}

async function remove(
  { launched }: ContainerContext,
  part: Part<{ container_id: ContainerID }>,
): Promise<HttpResponse> {
  const refused = await launched.remove(part?.container_id ?? { value: "" });
  return refused === undefined ? OK : errorResponse(500, refused);
}

async function attachOutput(context: ContainerContext, read: ReadCall): Promise<HttpResponse> {
  const found = findSwitchboard(context, read.call.attach_container_output?.container_id);
  return "status" in found ? found : recordsResponse(found.attachOutput(read.recordsIn), read);
}

async function attachInput(context: ContainerContext, { call, records }: ReadCall): Promise<HttpResponse> {
  const input = call.attach_container_input;
  if (input?.type !== "CONTAINER_ID") {
    return errorResponse(400, "Expecting 'attach_container_input.type' to be CONTAINER_ID");
  }
  const found = findSwitchboard(context, input.container_id);
  if ("status" in found || !records) return "status" in found ? found : OK;
  return feedInput(found, { records, clock: context.clock });
}

/** Mesos knows only the containers of executors here; those that stand alone are looked for first. */
function findSwitchboard(
  { state, launched, terminals }: ContainerContext,
  id: ContainerID = { value: "" },
): Switchboard | HttpResponse {
  const found = launched.find(id);
  if (found?.switchboard) return found.switchboard;
  if (!executorOf(state, rootOf(id).value)) return notFound(id);
  const known = findKnownContainer(state, id);
  if (!found && !known) return errorResponse(500, `Unknown container ${containerName(id)}`);
  const terminal = known && terminals.find(known.containerId);
  if (terminal) return terminal;
  return errorResponse(500, "I/O switchboard server was disabled for this container");
}

function notFound(id: ContainerID): HttpResponse {
  return errorResponse(404, `Container ${containerName(id)} cannot be found`);
}
