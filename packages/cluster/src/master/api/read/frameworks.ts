// GET /frameworks: every framework with its tasks, and those that have ended.
import type { Framework } from "../../framework.ts";
import type { MasterState } from "../../state.ts";
import { frameworkJson } from "../models/framework-json.ts";
import { selects, type Query } from "./select.ts";

/** A JSON array of frameworks, in pieces; the frameworks are those of the moment of the call. */
export function frameworkListJson(frameworks: Iterable<Framework>, state: MasterState): Iterable<string> {
  const rendered = [...frameworks].map((framework) => frameworkJson(framework, state));
  return (function* pieces() {
    let separator = "[";
    for (const framework of rendered) {
      yield separator;
      yield* framework;
      separator = ",";
    }
    yield rendered.length === 0 ? "[]" : "]";
  })();
}

/** `?framework_id=` narrows to one. @see Mesos docs/endpoints/master/frameworks.md */
export function frameworksJson(state: MasterState, query: Query): Iterable<string> {
  const wanted = ({ id }: Framework): boolean => selects(query, "framework_id", id);
  const registered = frameworkListJson([...state.frameworks.registered.values()].filter(wanted), state);
  const completed = frameworkListJson([...state.frameworks.completed.values()].filter(wanted), state);
  return (function* pieces() {
    yield '{"frameworks":';
    yield* registered;
    yield ',"completed_frameworks":';
    yield* completed;
    yield ',"unregistered_frameworks":[]}';
  })();
}
