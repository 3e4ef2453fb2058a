// The media types of Mesos' HTTP APIs, and which of them a client accepts.

export const JSON_MEDIA_TYPE = "application/json";
export const PROTOBUF_MEDIA_TYPE = "application/x-protobuf";
/** A stream of records; how each is encoded stands in `Message-Content-Type` and `Message-Accept`. */
export const RECORDIO_MEDIA_TYPE = "application/recordio";

/** How one message is encoded in a body or a record. */
export type MediaType = typeof JSON_MEDIA_TYPE | typeof PROTOBUF_MEDIA_TYPE;

/** True for the media types that a message can be encoded in. Compared to the letter, as Mesos does. */
export function isMediaType(text: string | undefined): text is MediaType {
  return text === JSON_MEDIA_TYPE || text === PROTOBUF_MEDIA_TYPE;
}

/**
 * Whether the value of an `Accept` header (or `Message-Accept`) allows a media type. No header allows everything; the
 * most specific of `type/subtype`, `type/*`, and `*` + `/*` decides; `q=0` forbids. Follows `Request::acceptsMediaType`
 * in 3rdparty/libprocess/src/http.cpp.
 */
export function acceptsMediaType(accept: string | undefined, mediaType: string): boolean {
  if (accept === undefined) return true;
  const wanted = mediaType.toLowerCase();
  const ranges = accept
    .replaceAll(/[ \t\n]/g, "")
    .split(",")
    .map((range) => range.split(";").filter((part) => part !== ""));
  for (const candidate of [wanted, `${wanted.split("/")[0]}/*`, "*/*"]) {
    const match = ranges.find(([type]) => type?.toLowerCase() === candidate);
    if (match !== undefined) return allows(match.slice(1));
  }
  return false;
}

/**
 * The media type in which to answer: JSON when the client accepts it, else protobuf, else undefined (406). Mesos
 * prefers JSON (src/master/http.cpp).
 */
export function negotiateMediaType(accept: string | undefined): MediaType | undefined {
  if (acceptsMediaType(accept, JSON_MEDIA_TYPE)) return JSON_MEDIA_TYPE;
  return acceptsMediaType(accept, PROTOBUF_MEDIA_TYPE) ? PROTOBUF_MEDIA_TYPE : undefined;
}

/** False for a quality of 0 or one that is no number; none, or more than one, counts as 1. */
function allows(parameters: string[]): boolean {
  const qualities = parameters
    .map((parameter) => parameter.split("="))
    .filter((pair) => pair.length === 2 && pair[0] === "q")
    .map((pair) => pair[1] ?? "");
  const [quality] = qualities;
  if (quality === undefined || qualities.length > 1) return true;
  return quality !== "" && Number(quality) > 0;
}
