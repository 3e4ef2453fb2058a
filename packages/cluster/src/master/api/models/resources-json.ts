// Resources as the older JSON endpoints show them, as text: the part of `/state` that there is most of.
import { resourcesModel } from "./resources-model.ts";
import type { Resource } from "@mezzo/wire";

/** Thousandths in one: scalars are exact to three decimals. */
const PRECISION = 1000;

/** The same text as `JSON.stringify(resourcesModel(resources))`, made without the objects where only the usual scalars occur. */
export function resourcesJson(resources: readonly Resource[]): string {
  let disk = 0;
  let mem = 0;
  let gpus = 0;
  let cpus = 0;
  for (const { name, scalar, revocable } of resources) {
    if (scalar === undefined || revocable !== undefined) return JSON.stringify(resourcesModel(resources));
    const thousandths = Math.round(scalar.value * PRECISION);
    if (name === "cpus") cpus += thousandths;
    else if (name === "mem") mem += thousandths;
    else if (name === "disk") disk += thousandths;
    else if (name === "gpus") gpus += thousandths;
    else return JSON.stringify(resourcesModel(resources));
  }
  return `{"disk":${disk / PRECISION},"mem":${mem / PRECISION},"gpus":${gpus / PRECISION},"cpus":${cpus / PRECISION}}`;
}
