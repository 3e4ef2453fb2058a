// The calls about resource providers, of an agent that has none and no folder to configure some in.
import type { AgentCall } from "@mezzo/wire";
import type { HttpResponse } from "../../../net/http/http-response.ts";
import { errorResponse } from "../../../net/http/responses.ts";

/** The one kind that a Mesos agent can run itself. */
const STORAGE = "org.apache.mesos.rp.local.storage";

/**
 * Refusals as a Mesos agent without `--resource_provider_config_dir` has them.
 * @see Mesos src/slave/http.cpp, src/resource_provider/daemon.cpp
 */
export function answerResourceProviders(call: AgentCall): HttpResponse {
  // To forget what is unknown is done at once.
  if (call.type === "MARK_RESOURCE_PROVIDER_GONE") return { status: 200 };
  const { type, name } =
    (call.add_resource_provider_config ?? call.update_resource_provider_config)?.info ?? {};
  if (type !== undefined && type !== STORAGE) {
    const config = `resource provider config with type '${type}' and name '${name ?? ""}'`;
    return errorResponse(400, `Failed to validate ${config}: Unknown local resource provider type '${type}'`);
  }
  return errorResponse(500, "Missing required flag --resource_provider_config_dir");
}
