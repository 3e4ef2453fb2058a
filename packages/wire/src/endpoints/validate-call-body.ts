// The first check of every call: does it have a type, and the body that goes with it?

/** As much of an `Api` as the checks look at. */
interface Calls {
  readonly calls: Readonly<Record<string, { readonly body?: string; readonly bodyOptional?: true }>>;
}

/** The field that a call of this type must have, or undefined when it needs none or the API has no such call. */
export function requiredBodyField({ calls }: Calls, type: string): string | undefined {
  const call = Object.hasOwn(calls, type) ? calls[type] : undefined;
  return call?.bodyOptional === true ? undefined : call?.body;
}

/**
 * The first error in Mesos' words, or undefined: "Expecting 'type' to be present", "Expecting 'kill' to be present".
 * The call's own rules come after this. Follows the `validate` functions of src/master/validation.cpp and
 * src/slave/validation.cpp.
 */
export function validateCallBody(api: Calls, call: { readonly type?: string }): string | undefined {
  if (call.type === undefined) return "Expecting 'type' to be present";
  const field = requiredBodyField(api, call.type);
  if (field === undefined || (call as Readonly<Record<string, unknown>>)[field] !== undefined)
    return undefined;
  return `Expecting '${field}' to be present`;
}
