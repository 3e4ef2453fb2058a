// POST /reserve, /unreserve, /create-volumes, /destroy-volumes: the older way to change what an agent's resources are.
import {
  type OfferOperation,
  type Resource,
  type Result,
  failure,
  fromJson,
  parseJson,
  success,
} from "@mezzo/wire";
import { decodeForm } from "../../net/http/decode-form.ts";
import type { HttpRequest } from "../../net/http/http-request.ts";
import type { HttpAnswer } from "../../net/http/http-response.ts";
import { errorResponse } from "../../net/http/responses.ts";
import type { MasterProcess } from "../run.ts";
import type { MasterRoute } from "./authentication.ts";
import { ofLeader } from "./of-leader.ts";

type Parameters = ReadonlyMap<string, string>;

/** A list of resources in JSON. /reserve words errors a little differently, so the beginning is the caller's. */
function resourcesIn(parameters: Parameters, key: string, prefix: string): Result<Resource[]> {
  const text = parameters.get(key);
  if (text === undefined) return failure(`Missing '${key}' query parameter in the request body`);
  const words = `${prefix} '${key}' query parameter in the request body: `;
  const json = parseJson(text);
  if (!json.ok) return failure(words + json.error);
  if (!Array.isArray(json.value)) return failure(`${words}Unexpected JSON type parsed`);
  const resources: Resource[] = [];
  for (const value of json.value as unknown[]) {
    const resource = fromJson("Resource", value);
    if (!resource.ok) return failure(words + resource.error);
    resources.push(resource.value);
  }
  return success(resources);
}

const IN_PARSING = "Error in parsing";

function reserve(parameters: Parameters): Result<OfferOperation> {
  const resources = resourcesIn(parameters, "resources", "Error parsing");
  if (!resources.ok) return resources;
  if (!parameters.has("source")) {
    return success({ type: "RESERVE", reserve: { resources: resources.value } });
  }
  const source = resourcesIn(parameters, "source", "Error parsing");
  if (!source.ok) return source;
  return success({ type: "RESERVE", reserve: { source: source.value, resources: resources.value } });
}

function unreserve(parameters: Parameters): Result<OfferOperation> {
  const resources = resourcesIn(parameters, "resources", IN_PARSING);
  return resources.ok ? success({ type: "UNRESERVE", unreserve: { resources: resources.value } }) : resources;
}

function createVolumes(parameters: Parameters): Result<OfferOperation> {
  const volumes = resourcesIn(parameters, "volumes", IN_PARSING);
  return volumes.ok ? success({ type: "CREATE", create: { volumes: volumes.value } }) : volumes;
}

function destroyVolumes(parameters: Parameters): Result<OfferOperation> {
  const volumes = resourcesIn(parameters, "volumes", IN_PARSING);
  return volumes.ok ? success({ type: "DESTROY", destroy: { volumes: volumes.value } }) : volumes;
}

const READERS: Readonly<Record<string, (parameters: Parameters) => Result<OfferOperation>>> = {
  "/reserve": reserve,
  "/unreserve": unreserve,
  "/create-volumes": createVolumes,
  "/destroy-volumes": destroyVolumes,
};

/** Reads a form with `slaveId` and lists of resources, and makes it an input. */
function answer(
  master: MasterProcess,
  { body }: HttpRequest,
  {
    read,
    principal,
  }: { read: (parameters: Parameters) => Result<OfferOperation>; principal?: string | undefined },
): HttpAnswer {
  const form = decodeForm(body);
  if (!form.ok) return errorResponse(400, form.error);
  const parameters = form.value;
  const agentId = parameters.get("slaveId");
  if (agentId === undefined)
    return errorResponse(400, "Missing 'slaveId' query parameter in the request body");
  const operation = read(parameters);
  if (!operation.ok) return errorResponse(400, operation.error);
  return master.requests.ask((request) =>
    master.submit({
      type: "operator-operation",
      request,
      agentId,
      operation: operation.value,
      ...(principal === undefined ? {} : { principal }),
    }),
  );
}

/** The four routes. @see Mesos docs/reservation.md and docs/persistent-volume.md, "Operator HTTP Endpoints" */
export function resourceEndpoints(master: MasterProcess): MasterRoute[] {
  return Object.entries(READERS).map(([path, read]) =>
    ofLeader(master.state, {
      path,
      methods: ["POST"],
      access: "readwrite",
      handle: (request, principal) => answer(master, request, { read, principal }),
    }),
  );
}
