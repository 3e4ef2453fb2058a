// The Mesos version whose interfaces this agent speaks.
import type { VersionInfo } from "@mezzo/wire";
import { mesosVersion } from "../../../core/build-info.ts";

/** Mezzo runs from its sources: the date of the release stands in for that of a build. */
export const versionModel = {
  build_date: "2026-11-22 00:00:00 UTC",
  build_time: 1_795_305_600,
  build_user: "",
  version: mesosVersion,
} satisfies VersionInfo;
