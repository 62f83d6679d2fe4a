import { sql } from "drizzle-orm";
import { beforeEach, describe, expect, test } from "vitest";
import { testDatabase } from "@/db/testing";
import { aDecision, anOrg, aRefundDesk, type TestDesk, type TestOrg } from "@/db/testing-fixtures";
import { newId } from "@/lib/kernel/ids";
import { requireFlipsOpened } from "@/lib/policies/server/require-flips-opened";
import { rowsOf } from "@/lib/server/rows";
import type { NewReplay, ReplayView } from "../replay-views";
import { createReplay } from "./create-replay";
import { getReplay } from "./get-replay";
import { runReplays } from "./run-replays";

const { db } = await testDatabase();
let org: TestOrg;
let desk: TestDesk;
beforeEach(async () => {
  org = await anOrg(db);
  desk = await aRefundDesk(db, org, { autonomy: { amountCap: 50_000 } });
});

type Made = Parameters<typeof aDecision>[3];
const ruled = (confidence: number, truth: "positive" | "negative" | null, more: Made = {}) =>
  aDecision(db, org, desk, {
    status: truth === "positive" ? "approved" : truth === null ? "in_review" : "declined",
    route: "review",
    withExecution: truth === "positive",
    confidence,
    reasons: [{ kind: "level", code: "review_all", message: "A person rules on everything" }],
    ...(truth === null ? {} : { truth, truthSource: "review", truthPi: 1 }),
    ...more,
  });

async function runAll(): Promise<void> {
  while ((await runReplays(org.system)) > 0);
}

async function replayed(input: NewReplay): Promise<ReplayView> {
  const { id } = await createReplay(org.admin, input);
  await runAll();
  return getReplay(org.admin, { replay: id });
}

describe("a replay of a policy's draft", () => {
  async function aVersion(
    rules: { id: string; when: string; effect: string }[],
    app: string | null = null,
  ): Promise<{ policy: string; version: string }> {
    const [policy, version] = [newId("policy"), newId("policyVersion")];
    await rowsOf(
      db,
      sql`insert into policies (id, org_id, app_id, key, name, created_by)
        values (${policy}, ${org.orgId}, ${app}, ${policy}, 'Caution', 'user:x')`,
    );
    await rowsOf(
      db,
      sql`insert into policy_versions (id, org_id, policy_id, number, rules, fixtures, edited_by)
        values (${version}, ${org.orgId}, ${policy}, 1, ${JSON.stringify(rules)}::jsonb, '[]', 'user:x')`,
    );
    return { policy, version };
  }
  const over = { id: "over_500", when: "decision.amount > 50000.0", effect: "require_review" };
  const asked = (version: string): NewReplay => ({
    kind: "policy",
    app: desk.app,
    period: { days: 30 },
    version,
  });

  test("takes that policy's own word out, puts the draft's in, and leaves the rest as it was", async () => {
    const { policy, version } = await aVersion([over]);
    const own = {
      kind: "policy",
      code: "policy_review",
      message: "",
      detail: { policy_id: policy },
    } as const;
    const auto = { level: "auto", threshold: 0.7 } as const;
    await ruled(0.9, "positive", { ...auto, reasons: [own], amount: 100 });
    await ruled(0.9, "negative", { ...auto, reasons: [own], amount: 90_000 });
    await ruled(0.9, "positive", {
      ...auto,
      reasons: [own, { kind: "stop", code: "app_stop", message: "" }],
      amount: 100,
    });
    await aDecision(db, org, desk, { status: "approved", ...auto, amount: 90_000 });
    const done = await replayed(asked(version));
    expect(done.result).toMatchObject({
      flow: [
        { was: "execute", would: "review", count: 1 },
        { was: "review", would: "execute", count: 1 },
        { was: "review", would: "review", count: 2 },
      ],
      unanswered: 0,
      flips: { total: 1, listed: 1 },
    });
    const gate = requireFlipsOpened(org.admin, { kind: "policy", versionId: version }, { missing: "refuse" });
    await expect(gate).rejects.toMatchObject({ code: "flips_unopened" });
  });

  test("counts what it cannot ask: history as it was then is not kept", async () => {
    const { version } = await aVersion([
      {
        id: "often",
        when: 'decision.amount > 1000.0 && history.count("24h") > 2.0',
        effect: "require_review",
      },
    ]);
    await aDecision(db, org, desk, { status: "approved", amount: 5000 });
    await aDecision(db, org, desk, { status: "approved", amount: 500 });
    const done = await replayed(asked(version));
    expect(done).toMatchObject({ status: "done", result: { unanswered: 1, decisions: 2 } });
  });

  test("fails with a sentence when the draft is edited meanwhile, and an edited draft counts as not replayed", async () => {
    const { version } = await aVersion([over]);
    await replayed(asked(version));
    const { id } = await createReplay(org.admin, asked(version));
    await rowsOf(db, sql`update policy_versions set rules = '[]' where id = ${version}`);
    await runAll();
    expect(await getReplay(org.admin, { replay: id })).toMatchObject({
      status: "failed",
      error: "The draft was changed while it was replayed: replay it as it is now",
    });
    const gate = requireFlipsOpened(org.admin, { kind: "policy", versionId: version }, { missing: "refuse" });
    await expect(gate).rejects.toMatchObject({ code: "replay_required" });
  });

  const gateOf = (version: string) =>
    requireFlipsOpened(org.admin, { kind: "policy", versionId: version }, { missing: "refuse" });

  test("does not pass for one type alone: the policy holds for all of them", async () => {
    const { version } = await aVersion([over], desk.app);
    await replayed({ ...asked(version), type: desk.typeKey });
    await expect(gateOf(version)).rejects.toMatchObject({ code: "replay_required" });
    await replayed(asked(version));
    await expect(gateOf(version)).resolves.toBeUndefined();
  });

  test("that holds for every app does not pass on an idle one alone", async () => {
    const idle = await aRefundDesk(db, org);
    const { version } = await aVersion([over]);
    await ruled(0.9, "negative");
    await replayed({ ...asked(version), app: idle.app });
    await expect(gateOf(version)).rejects.toMatchObject({
      code: "replay_required",
      message: expect.stringContaining("Refund desk"),
    });
    await replayed(asked(version));
    await expect(gateOf(version)).resolves.toBeUndefined();
  });
});
