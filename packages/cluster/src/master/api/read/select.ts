// Query parameters that narrow an answer to one id.

export type Query = ReadonlyMap<string, string>;

/** Whether an id is asked for: all are, unless the parameter names one. */
export function selects(query: Query, parameter: string, id: string): boolean {
  const wanted = query.get(parameter);
  return wanted === undefined || wanted === id;
}
