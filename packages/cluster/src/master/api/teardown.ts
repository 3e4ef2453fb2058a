// POST /teardown with `frameworkId=<id>`: the older way to end a framework.
import { decodeForm } from "../../net/http/decode-form.ts";
import type { HttpRequest } from "../../net/http/http-request.ts";
import type { HttpAnswer } from "../../net/http/http-response.ts";
import { errorResponse } from "../../net/http/responses.ts";
import type { MasterProcess } from "../run.ts";
import { by } from "./by.ts";

/** Ends the framework. @see Mesos docs/endpoints/master/teardown.md */
export function answerTeardown(master: MasterProcess, request: HttpRequest, principal?: string): HttpAnswer {
  const form = decodeForm(request.body);
  if (!form.ok) return errorResponse(400, form.error);
  const frameworkId = form.value.get("frameworkId");
  if (frameworkId === undefined) {
    return errorResponse(400, "Missing 'frameworkId' query parameter in the request body");
  }
  return master.requests.ask((number) =>
    master.submit({ type: "teardown", request: number, ...by(principal), frameworkId }),
  );
}
