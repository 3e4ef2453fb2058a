// A cluster with rules: who may run what as whom, and who sees it.
import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { type Server, startAgent, startMaster } from "../support/cluster.ts";
import { Framework } from "../support/framework.ts";
import { Story } from "../support/story.ts";

const ANY = { type: "ANY" };
const NONE = { type: "NONE" };
const OPS = { values: ["ops"] };

/** Only `ops` may do it. */
const opsOnly = (field: string): object[] => [
  { principals: OPS, [field]: ANY },
  { principals: NONE, [field]: ANY },
];

const ACLS = {
  register_frameworks: [{ principals: NONE, roles: { values: ["reserved/%"] } }],
  run_tasks: [{ principals: NONE, users: { values: ["daemon"] } }],
  view_frameworks: opsOnly("users"),
  view_flags: opsOnly("flags"),
  update_weights: opsOnly("roles"),
  teardown_frameworks: opsOnly("framework_principals"),
  access_sandboxes: opsOnly("users"),
  get_endpoints: [
    { principals: OPS, paths: ANY },
    { principals: NONE, paths: { values: ["/metrics/snapshot"] } },
  ],
};

void describe("a cluster with ACLs", () => {
  const story = new Story({ after });
  let master: Server;
  let agent: Server;
  let framework: Framework;

  before(async () => {
    const file = (name: string, text: string): string => {
      const path = join(story.folder, name);
      writeFileSync(path, text, { mode: 0o600 });
      return path;
    };
    const credentials = file("credentials", "ops sesame\nguest open\n");
    const flags = [
      `--acls=file://${file("acls", JSON.stringify(ACLS))}`,
      "--authenticate_http_readonly",
      "--authenticate_http_readwrite",
    ];
    master = await startMaster(story, { flags: [...flags, `--credentials=${credentials}`] });
    agent = await startAgent(story, master, {
      flags: [...flags, `--http_credentials=${credentials}`],
      secret: "ops:sesame",
    });
    framework = new Framework({ master: master.address });
    await framework.subscribe();
  });

  const ask = (who: Server, secret: string, path: string, body?: object): Promise<Response> =>
    fetch(`http://${who.address}${path}`, {
      headers: {
        "Content-Type": "application/json",
        Accept: "application/json",
        Authorization: `Basic ${Buffer.from(secret).toString("base64")}`,
      },
      ...(body !== undefined && { method: "POST", body: JSON.stringify(body) }),
    });
  const ops = "ops:sesame";
  const guest = "guest:open";

  void it("refuses frameworks in roles that are nobody's", async () => {
    const stranger = new Framework({ master: master.address, info: { roles: ["reserved/a"] } });
    await assert.rejects(
      stranger.subscribe(),
      /Not authorized to register framework {2}with roles \{ reserved\/a \}/,
    );
  });

  void it("refuses tasks of users that the framework may not use", async () => {
    const forbidden = framework.command("t1", "true");
    await framework.launch([{ ...forbidden, command: { value: "true", user: "daemon" } }]);
    const { reason, message } = await framework.sees("t1", "TASK_ERROR");
    assert.equal(reason, "REASON_TASK_UNAUTHORIZED");
    assert.match(message ?? "", /no authorized to launch task t1 of framework .* under user 'daemon'/);
  });

  void it("shows frameworks, flags and metrics to those who may see them", async () => {
    for (const who of [master, agent]) {
      const seen = async (secret: string): Promise<{ frameworks: unknown[]; flags?: object }> =>
        (await ask(who, secret, "/state")).json() as Promise<{ frameworks: unknown[]; flags?: object }>;
      const asGuest = await seen(guest);
      assert.deepEqual([asGuest.frameworks, asGuest.flags], [[], undefined]);
      assert.notEqual((await seen(ops)).flags, undefined);
      for (const path of ["/flags", "/metrics/snapshot"]) {
        const refused = await ask(who, guest, path);
        assert.deepEqual([refused.status, await refused.text()], [403, "403 Forbidden."], path);
        assert.equal((await ask(who, ops, path)).status, 200, path);
      }
      assert.equal((await ask(who, ops, "/flags", {})).status, 405);
    }
  });

  void it("opens sandboxes to those who may", async () => {
    await framework.launch([framework.command("t2", "echo secret")]);
    await framework.sees("t2", "TASK_FINISHED");
    const path = `/files/read?path=/frameworks/${framework.id}/executors/t2/runs/latest/stdout&offset=0`;
    assert.equal((await ask(agent, guest, path)).status, 403);
    assert.match(await (await ask(agent, ops, path)).text(), /secret/);
  });

  void it("lets those change the cluster who may", async () => {
    const weights = { type: "UPDATE_WEIGHTS", update_weights: { weight_infos: [{ role: "a", weight: 2 }] } };
    const refused = await ask(master, guest, "/api/v1", weights);
    assert.deepEqual([refused.status, await refused.text()], [403, "403 Forbidden."]);
    assert.equal((await ask(master, ops, "/api/v1", weights)).status, 200);
    const teardown = { type: "TEARDOWN", teardown: { framework_id: { value: framework.id } } };
    assert.equal((await ask(master, guest, "/api/v1", teardown)).status, 403);
    assert.equal((await ask(master, ops, "/api/v1", teardown)).status, 200);
  });
});
