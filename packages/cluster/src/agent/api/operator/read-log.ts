// READ_LOG: what a container has written, or the agent itself. Not of Mesos but of ClusterD (`Http::readLog` in its
// src/slave/http.cpp).
import type { AgentCall, AgentCallReadLog, AgentResponse, ContainerID } from "@mezzo/wire";
import { answerOwnLog, answerRead, type FileData } from "../../../net/files/answer-files.ts";
import type { HttpResponse } from "../../../net/http/http-response.ts";
import { errorResponse } from "../../../net/http/responses.ts";
import { type Caller, may } from "../../authorization/caller.ts";
import { containerName, pathWithinRoot, rootOf } from "../../launched/container-name.ts";
import { standaloneSandboxPath } from "../../sandbox/paths.ts";
import type { AgentState } from "../../state.ts";
import { AGENT_LOG_PATH, agentLog } from "../files/agent-log.ts";
import { resolveInSandbox } from "../files/resolve-in-sandbox.ts";
import { findSandboxRun, type SandboxRun } from "../files/sandbox-run.ts";

/** The two halves of the answer are read as files are: at most 64 KiB each. */
export async function answerReadLog(
  state: AgentState,
  { read_log: asked }: AgentCall,
  caller: Caller | undefined,
): Promise<AgentResponse | HttpResponse> {
  if (asked?.container_id !== undefined) {
    return readOutputs(state, { ...asked, container_id: asked.container_id }, caller);
  }
  const { logFile } = state.options;
  const part = { offset: asked?.stdout_offset, length: asked?.length };
  const log = await answerOwnLog(agentLog(state, caller), { path: AGENT_LOG_PATH, logFile }, part);
  return "status" in log ? log : { type: "READ_LOG", read_log: { stdout: log } };
}

type ReadOutputs = AgentCallReadLog & { container_id: ContainerID };

async function readOutputs(
  state: AgentState,
  { container_id: id, stdout_offset, stderr_offset, length }: ReadOutputs,
  caller: Caller | undefined,
): Promise<AgentResponse | HttpResponse> {
  const root = rootOf(id).value;
  const run = findSandboxRun(state, root);
  const sandbox = run?.directory ?? standaloneSandboxPath(state.options.workDir, root);
  const within = pathWithinRoot(id);
  const found = await resolveInSandbox(sandbox, within);
  if (found.kind === "missing") return errorResponse(404, whyMissing(id, run));
  // The rules are about users of executors; who may read what is of none may read everything.
  if (!may(state, caller, "ACCESS_SANDBOX", run?.user)) return errorResponse(403);
  if (found.kind === "refused") return errorResponse(400, found.words);
  const files = {
    resolve: (name: string) => resolveInSandbox(sandbox, within === "" ? name : `${within}/${name}`),
    attached: () => ({}),
  };
  const [stdout, stderr] = await Promise.all([
    answerRead(files, { path: "stdout", offset: stdout_offset, length }),
    answerRead(files, { path: "stderr", offset: stderr_offset, length }),
  ]);
  return join(id, stdout, stderr);
}

/** One output that is not there, as with a terminal, leaves the other. */
function join(
  id: ContainerID,
  stdout: FileData | HttpResponse,
  stderr: FileData | HttpResponse,
): AgentResponse | HttpResponse {
  for (const part of [stdout, stderr]) if ("status" in part && part.status !== 404) return part;
  const isThere = (part: FileData | HttpResponse): part is FileData => !("status" in part);
  if (!isThere(stdout) && !isThere(stderr)) {
    return errorResponse(404, `There is neither stdout nor stderr of container '${containerName(id)}'`);
  }
  return {
    type: "READ_LOG",
    read_log: { ...(isThere(stdout) && { stdout }), ...(isThere(stderr) && { stderr }) },
  };
}

function whyMissing(id: ContainerID, run: SandboxRun | undefined): string {
  const words = `Container '${containerName(id)}' cannot be found`;
  return run && id.parent === undefined ? `${words}: its sandbox has been removed` : words;
}
