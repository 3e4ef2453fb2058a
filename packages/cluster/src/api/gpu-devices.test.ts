// Which GPUs an agent has by its flags, and the words for flags that contradict the machine.
import assert from "node:assert/strict";
import { test } from "node:test";
import { parseResources } from "@mezzo/wire";
import { gpuDevices } from "./gpu-devices.ts";

/** The devices, or why not. */
function chosen(resources: string, devices?: string, isolated = true): number[] | string {
  const given = parseResources(resources);
  assert.ok(given.ok);
  const mentioned = resources.includes("gpus");
  const found = gpuDevices({ devices, isolated, given: given.value, mentioned }, [0, 2, 3]);
  return found.ok ? found.value : found.error;
}

void test("gpuDevices() takes all there are, none, or those that flags name", () => {
  assert.deepEqual(chosen(""), [0, 2, 3]);
  assert.deepEqual(chosen("gpus:0"), []);
  assert.deepEqual(chosen("gpus:2", "0,1"), [0, 2]);
  assert.deepEqual(chosen("gpus:2", undefined, false), [], "who does not isolate may offer what it likes");
});

void test("gpuDevices() refuses in Mesos' words", () => {
  assert.match(String(chosen("", "0", false)), /can only be specified if the `--isolation` flag contains/);
  assert.match(String(chosen("gpus:0", "0")), /cannot be specified when '--resources' specifies 0 GPUs/);
  assert.match(String(chosen("", "0")), /cannot be set without also setting 'gpus' in '--resources'/);
  assert.match(String(chosen("gpus:1")), /cannot be set without also setting `--nvidia_gpu_devices`/);
  assert.match(String(chosen("gpus:1.5", "0")), /must be an non-negative integer/);
  assert.match(String(chosen("gpus:2", "1,1")), /contains duplicates/);
  assert.match(String(chosen("gpus:2", "1")), /different numbers of GPU devices/);
  assert.match(String(chosen("gpus:2", "1,3")), /greater than the number of GPUs available/);
  assert.match(String(chosen("gpus:1", "a")), /are positions of GPUs, such as 0,1, and not 'a'/);
});
