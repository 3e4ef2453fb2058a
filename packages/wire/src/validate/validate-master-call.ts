// Calls of operators to the master. Follows `master::call::validate` of src/master/validation.cpp.
import type { MasterCall, MasterCallType } from "../messages.gen.ts";
import { validateResources } from "./validate-resource.ts";

/** The field that a call of each type must have; types that are missing need none. */
const FIELDS: Readonly<Partial<Record<MasterCallType, keyof MasterCall>>> = {
  GET_METRICS: "get_metrics",
  SET_LOGGING_LEVEL: "set_logging_level",
  LIST_FILES: "list_files",
  READ_FILE: "read_file",
  READ_LOG: "read_log",
  UPDATE_WEIGHTS: "update_weights",
  RESERVE_RESOURCES: "reserve_resources",
  UNRESERVE_RESOURCES: "unreserve_resources",
  CREATE_VOLUMES: "create_volumes",
  DESTROY_VOLUMES: "destroy_volumes",
  GROW_VOLUME: "grow_volume",
  SHRINK_VOLUME: "shrink_volume",
  UPDATE_MAINTENANCE_SCHEDULE: "update_maintenance_schedule",
  START_MAINTENANCE: "start_maintenance",
  STOP_MAINTENANCE: "stop_maintenance",
  DRAIN_AGENT: "drain_agent",
  DEACTIVATE_AGENT: "deactivate_agent",
  REACTIVATE_AGENT: "reactivate_agent",
  UPDATE_QUOTA: "update_quota",
  SET_QUOTA: "set_quota",
  REMOVE_QUOTA: "remove_quota",
  TEARDOWN: "teardown",
  MARK_AGENT_GONE: "mark_agent_gone",
};

const NO_AGENT = "Expecting 'agent_id' to be present; only agent default resources are supported right now";

/** Checks that a call is complete. What is inside is checked by whoever carries it out. */
export function validateMasterCall(call: MasterCall): string | undefined {
  const { type } = call;
  if (type === undefined) return "Expecting 'type' to be present";
  const field = FIELDS[type];
  if (field !== undefined && call[field] === undefined) return `Expecting '${field}' to be present`;
  switch (type) {
    case "RESERVE_RESOURCES":
      return validateResources(call.reserve_resources?.resources ?? []);
    case "UNRESERVE_RESOURCES":
      return validateResources(call.unreserve_resources?.resources ?? []);
    case "GROW_VOLUME":
      return call.grow_volume?.agent_id === undefined ? NO_AGENT : undefined;
    case "SHRINK_VOLUME":
      return call.shrink_volume?.agent_id === undefined ? NO_AGENT : undefined;
    default:
      return undefined;
  }
}
