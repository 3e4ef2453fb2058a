// GET /version: the Mesos version whose interfaces this master speaks.
import { mesosVersion } from "../../../core/build-info.ts";

/** Mezzo runs from its sources: the date of the release stands in for that of a build. */
const RELEASED = { build_date: "2026-11-22 00:00:00 UTC", build_time: 1_795_305_600, build_user: "" };

/** @see Mesos docs/endpoints/version.md */
export function versionModel(): {
  version: string;
  build_date: string;
  build_time: number;
  build_user: string;
} {
  return { version: mesosVersion, ...RELEASED };
}
