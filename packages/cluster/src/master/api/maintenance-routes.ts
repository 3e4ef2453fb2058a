// The older endpoints about maintenance: /maintenance/schedule and /status, /machine/down and /up.
import { type MachineID, type Result, failure, fromJson, parseJson, success } from "@mezzo/wire";
import type { HttpRequest } from "../../net/http/http-request.ts";
import type { HttpAnswer } from "../../net/http/http-response.ts";
import { errorResponse } from "../../net/http/responses.ts";
import type { MasterProcess } from "../run.ts";
import { by } from "./by.ts";
import type { MasterRoute } from "./authentication.ts";
import { jsonAnswer } from "./read/jsonp.ts";
import { maintenanceSchedule, maintenanceStatus } from "./read/maintenance.ts";
import { ofLeader } from "./of-leader.ts";

/** @see Mesos 3rdparty/stout/include/stout/json.hpp parse<T> */
const UNEXPECTED_TYPE = "Unexpected JSON type parsed";

function answerSchedule(
  master: MasterProcess,
  { method, body, query }: HttpRequest,
  principal?: string,
): HttpAnswer {
  const { state } = master;
  if (method === "GET") return jsonAnswer(JSON.stringify(maintenanceSchedule(state, principal)), query);
  const json = parseJson(body.toString());
  if (!json.ok) return errorResponse(400, json.error);
  if (typeof json.value !== "object" || json.value === null || Array.isArray(json.value)) {
    return errorResponse(400, UNEXPECTED_TYPE);
  }
  const schedule = fromJson("MaintenanceSchedule", json.value);
  if (!schedule.ok) return errorResponse(400, schedule.error);
  return master.requests.ask((request) =>
    master.submit({
      type: "update-maintenance-schedule",
      request,
      ...by(principal),
      schedule: schedule.value,
    }),
  );
}

/** A JSON array of machine ids. */
function parseMachines(body: string): Result<MachineID[]> {
  const json = parseJson(body);
  if (!json.ok) return json;
  if (!Array.isArray(json.value)) return failure(UNEXPECTED_TYPE);
  const machines: MachineID[] = [];
  for (const each of json.value as unknown[]) {
    const id = fromJson("MachineID", each);
    if (!id.ok) return id;
    machines.push(id.value);
  }
  return success(machines);
}

function answerMachines(
  master: MasterProcess,
  { body }: HttpRequest,
  { type, principal }: { type: "start-maintenance" | "stop-maintenance"; principal: string | undefined },
): HttpAnswer {
  const machines = parseMachines(body.toString());
  if (!machines.ok) return errorResponse(400, machines.error);
  return master.requests.ask((request) =>
    master.submit({ type, request, ...by(principal), machines: machines.value }),
  );
}

/** The routes. @see Mesos docs/maintenance.md and src/master/http.cpp maintenanceSchedule and its neighbours */
export function maintenanceRoutes(master: MasterProcess): MasterRoute[] {
  const { state } = master;
  const machineRoute = (path: string, type: "start-maintenance" | "stop-maintenance"): MasterRoute => ({
    path,
    methods: ["POST"],
    access: "readwrite",
    handle: (request, principal) => answerMachines(master, request, { type, principal }),
  });
  const routes: MasterRoute[] = [
    {
      path: "/maintenance/schedule",
      methods: ["GET", "POST"],
      access: "readwrite",
      handle: (request, principal) => answerSchedule(master, request, principal),
    },
    {
      path: "/maintenance/status",
      methods: ["GET"],
      access: "readonly",
      handle: ({ query }, principal) =>
        jsonAnswer(JSON.stringify(maintenanceStatus(state, principal)), query),
    },
    machineRoute("/machine/down", "start-maintenance"),
    machineRoute("/machine/up", "stop-maintenance"),
  ];
  return routes.map((route) => ofLeader(state, route));
}
