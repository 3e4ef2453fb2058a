// Accept and Accept-Encoding, as libprocess weighs them: named candidates first, wildcards after.

/** Whether one of the candidates, in their order, is listed with a weight other than 0 (http.cpp). */
function listsCandidate(header: string, candidates: readonly string[]): boolean {
  const entries = header
    .replace(/[ \t\n]/g, "")
    .split(",")
    .map((entry) => entry.split(";").filter((part) => part !== ""));
  for (const candidate of candidates) {
    const entry = entries.find(([name]) => name?.toLowerCase() === candidate.toLowerCase());
    if (entry !== undefined) {
      const weights = entry.filter((part) => part.startsWith("q="));
      const [weight] = weights;
      return weights.length !== 1 || weight === undefined || Number(weight.slice(2)) > 0;
    }
  }
  return false;
}

/** Whether a response in that media type is welcome; a missing header welcomes all (`Request::acceptsMediaType`). */
export function acceptsMediaType(accept: string | undefined, mediaType: string): boolean {
  if (accept === undefined) {
    return true;
  }
  return listsCandidate(accept, [mediaType, `${mediaType.split("/")[0]}/*`, "*/*"]);
}

/** Whether a response in that encoding is welcome; a missing or empty header welcomes none (`Request::acceptsEncoding`). */
export function acceptsEncoding(acceptEncoding: string | undefined, encoding: string): boolean {
  return acceptEncoding !== undefined && listsCandidate(acceptEncoding, [encoding, "*"]);
}
