import { sql } from "drizzle-orm";
import { beforeEach, describe, expect, test } from "vitest";
import { testDatabase } from "@/db/testing";
import { aDecision, anOrg, aRefundDesk, type TestDesk, type TestOrg } from "@/db/testing-fixtures";
import { requireFlipsOpened } from "@/lib/policies/server/require-flips-opened";
import { rowsOf } from "@/lib/server/rows";
import { mostFlips } from "../replay-sums";
import type { NewReplay, ReplayView } from "../replay-views";
import { cancelReplay } from "./cancel-replay";
import { createReplay } from "./create-replay";
import { getReplay } from "./get-replay";
import { listFlipsOfReplay } from "./list-flips-of-replay";
import { listReplays } from "./list-replays";
import { openFlip } from "./open-flip";
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

const threshold = (positive: number | null, more: Partial<NewReplay> = {}): NewReplay =>
  ({
    kind: "threshold",
    app: desk.app,
    period: { days: 30 },
    thresholds: { positive },
    audit_rate: 0.1,
    ...more,
  }) as NewReplay;

async function runAll(): Promise<void> {
  while ((await runReplays(org.system)) > 0);
}

async function replayed(input: NewReplay): Promise<ReplayView> {
  const { id } = await createReplay(org.admin, input);
  await runAll();
  return getReplay(org.admin, { replay: id });
}

/** Parts so small that a replay of a few decisions has several: as if the worker stopped after each. */
async function crashAfterFirstPart(id: string): Promise<void> {
  await rowsOf(db, sql`update replays set lease_until = now() - interval '1 second' where id = ${id}`);
}

describe("a replay of a threshold", () => {
  test("says where decisions would have gone, what that saves, and what nobody can say", async () => {
    await ruled(0.95, "positive");
    await ruled(0.94, "negative");
    await ruled(0.93, null);
    await ruled(0.5, "positive");
    await ruled(0.96, "positive", { amount: 60_000 });
    await aDecision(db, org, desk, { measure: true });
    const done = await replayed(threshold(0.9));
    expect(done).toMatchObject({ status: "done", done: 5, total: 5, error: null });
    expect(done.result).toMatchObject({
      decisions: 5,
      flow: [
        { was: "review", would: "execute", count: 3 },
        { was: "review", would: "review", count: 2 },
      ],
      now: { alone: 0, wrong: null },
      draft: {
        alone: 3,
        executed: 3,
        known: 2,
        unknown: 1,
        wrong: { value: 1 },
        band: { lower: 1, upper: 2 },
      },
      reviews: { was: 5, would: 2 },
      flips: { total: 3, listed: 3 },
    });
    const list = await listReplays(org.auditor, { limit: 10, app: desk.app });
    expect(list.data.map(({ id }) => id)).toEqual([done.id]);
  });

  test("of the last so many takes those, and of a type only its own", async () => {
    for (const at of [0.91, 0.92, 0.93, 0.94]) await ruled(at, "positive");
    const last = await replayed(threshold(0.9, { period: { last: 2 } }));
    expect(last).toMatchObject({ total: 2, result: { decisions: 2 } });
    const other = await aRefundDesk(db, org);
    const none = await replayed(threshold(0.9, { type: other.typeKey }));
    expect(none).toMatchObject({
      status: "done",
      total: 0,
      result: { decisions: 0, draft: { wrong: null } },
    });
  });

  test("goes on after a crash in the middle, and says what it would have said without", async () => {
    for (let i = 0; i < 30; i++) await ruled(0.8 + i / 200, i % 4 === 0 ? "negative" : "positive");
    const whole = await replayed(threshold(0.85));
    const { id } = await createReplay(org.admin, threshold(0.85));
    // What the first worker had stored when it fell: ten decisions gone through, by the same code in smaller parts.
    await runReplays(org.system, { rowsAPart: 10, partsATurn: 1 });
    expect(await getReplay(org.admin, { replay: id })).toMatchObject({
      status: "running",
      done: 10,
      total: 30,
    });
    // It fell while it held the next part: nothing of that was stored.
    await rowsOf(db, sql`update replays set lease_until = now() + interval '1 minute' where id = ${id}`);
    expect(await runReplays(org.system)).toBe(0);
    await crashAfterFirstPart(id);
    await runAll();
    const resumed = await getReplay(org.admin, { replay: id });
    const {
      flips: _,
      from: __,
      weeks: ___,
      ...figures
    } = resumed.result ?? { flips: null, from: null, weeks: 0 };
    expect(whole.result).toMatchObject(figures);
    expect(resumed).toMatchObject({ status: "done", done: 30, total: 30 });
  });

  test("two workers at once count nothing twice", async () => {
    for (let i = 0; i < 20; i++) await ruled(0.9, "positive");
    const { id } = await createReplay(org.admin, threshold(0.85));
    const two = { rowsAPart: 5, partsATurn: 1 };
    for (let turn = 0; turn < 10; turn++) {
      await Promise.all([runReplays(org.system, two), runReplays(org.system, two)]);
    }
    expect((await getReplay(org.admin, { replay: id })).result?.decisions).toBe(20);
  });

  test("is cancelled, which ends it for the worker too; cancelling again changes nothing", async () => {
    for (let i = 0; i < 12; i++) await ruled(0.9, "positive");
    const { id } = await createReplay(org.admin, threshold(0.85));
    await runReplays(org.system, { rowsAPart: 5, partsATurn: 1 });
    expect(await cancelReplay(org.admin, { replay: id })).toMatchObject({ status: "cancelled" });
    await crashAfterFirstPart(id);
    expect(await runReplays(org.system)).toBe(0);
    expect(await cancelReplay(org.admin, { replay: id })).toMatchObject({
      status: "cancelled",
      result: null,
    });
    const done = await replayed(threshold(0.85));
    await expect(cancelReplay(org.admin, { replay: done.id })).rejects.toMatchObject({
      code: "replay_finished",
    });
  });

  test("is an admin's to run, an auditor's to read, and no reviewer's, key's or other organisation's", async () => {
    const { id } = await createReplay(org.admin, threshold(0.85));
    const refused = { kind: "forbidden" };
    await expect(createReplay(org.auditor, threshold(0.85))).rejects.toMatchObject(refused);
    await expect(cancelReplay(org.auditor, { replay: id })).rejects.toMatchObject(refused);
    await expect(getReplay(org.reviewer, { replay: id })).rejects.toMatchObject(refused);
    const key = await org.keyOf(desk.app, ["decisions:read"]);
    await expect(getReplay(key, { replay: id })).rejects.toMatchObject(refused);
    expect(await getReplay(org.auditor, { replay: id })).toMatchObject({ status: "pending" });
    const stranger = await anOrg(db);
    await expect(getReplay(stranger.admin, { replay: id })).rejects.toMatchObject({ kind: "not_found" });
  });

  test("three are enough at a time", async () => {
    for (let i = 0; i < 3; i++) await createReplay(org.admin, threshold(0.85));
    await expect(createReplay(org.admin, threshold(0.85))).rejects.toMatchObject({
      code: "too_many_replays",
    });
  });
});

describe("flips", () => {
  test("have to be opened, each by somebody who stays named, before the draft passes", async () => {
    await ruled(0.95, "positive");
    await ruled(0.94, "negative");
    const { id } = await replayed(threshold(0.9, { type: desk.typeKey }));
    const draft = {
      kind: "threshold",
      appId: desk.app,
      typeId: desk.type,
      predicted: "positive",
      threshold: 0.9,
      since: new Date(0),
    } as const;
    const gate = () => requireFlipsOpened(org.admin, draft, { missing: "refuse" });
    const unopened = (left: number) => ({ code: "flips_unopened", extra: { replay: id, unopened: left } });
    await expect(gate()).rejects.toMatchObject(unopened(2));
    const { data: flips } = await listFlipsOfReplay(org.admin, { replay: id, limit: 50 });
    expect(flips.map(({ truth, opened_by }) => [truth, opened_by])).toEqual([
      ["positive", null],
      ["negative", null],
    ]);
    const [first, second] = flips.map(({ decision_id }) => decision_id);
    const opened = await openFlip(org.auditor, { replay: id, decision: first ?? "" });
    expect(opened.opened_by).toMatch(/^auditor/);
    expect(await openFlip(org.admin, { replay: id, decision: first ?? "" })).toEqual(opened);
    await expect(gate()).rejects.toMatchObject(unopened(1));
    await openFlip(org.admin, { replay: id, decision: second ?? "" });
    await expect(gate()).resolves.toBeUndefined();
    expect(await getReplay(org.admin, { replay: id })).toMatchObject({ opened: 2 });
    const other = { ...draft, threshold: 0.91 };
    await expect(requireFlipsOpened(org.admin, other, { missing: "refuse" })).rejects.toMatchObject({
      code: "replay_required",
    });
    await expect(requireFlipsOpened(org.admin, other, { missing: "pass" })).resolves.toBeUndefined();
    const later = { ...draft, since: new Date(Date.now() + 60_000) };
    await expect(requireFlipsOpened(org.admin, later, { missing: "refuse" })).rejects.toMatchObject({
      code: "replay_required",
    });
  });

  test("a replay over too few decisions is none, and does not stand in for one that lists more", async () => {
    await ruled(0.95, "negative");
    const { id } = await replayed(threshold(0.9, { type: desk.typeKey }));
    await replayed(threshold(0.9, { type: desk.typeKey, period: { last: 1 } }));
    const draft = { kind: "threshold", appId: desk.app, typeId: desk.type, predicted: "positive" } as const;
    const gate = requireFlipsOpened(
      org.admin,
      { ...draft, threshold: 0.9, since: new Date(0) },
      { missing: "refuse" },
    );
    await expect(gate).rejects.toMatchObject({ code: "flips_unopened", extra: { replay: id } });
  });

  test("a further replay of a quieter period takes back nothing of what an earlier one lists", async () => {
    const early = await ruled(0.95, "negative");
    await rowsOf(
      db,
      sql`update decisions set created_at = now() - interval '20 days' where id = ${early.id}`,
    );
    await ruled(0.94, "negative");
    const all = await replayed(threshold(0.9, { type: desk.typeKey }));
    const quiet = await replayed(threshold(0.9, { type: desk.typeKey, period: { days: 7 } }));
    expect([all, quiet].map(({ result }) => result?.flips.listed)).toEqual([2, 1]);
    const draft = { kind: "threshold", appId: desk.app, typeId: desk.type, predicted: "positive" } as const;
    const gate = () =>
      requireFlipsOpened(org.admin, { ...draft, threshold: 0.9, since: new Date(0) }, { missing: "refuse" });
    await expect(gate()).rejects.toMatchObject({ extra: { replay: quiet.id, unopened: 2 } });
    const { data } = await listFlipsOfReplay(org.admin, { replay: quiet.id, limit: 50 });
    await openFlip(org.admin, { replay: quiet.id, decision: data[0]?.decision_id ?? "" });
    // The later one counts as opened in both; the earlier one is listed by the first replay alone.
    await expect(gate()).rejects.toMatchObject({ extra: { replay: all.id, unopened: 1 } });
    await openFlip(org.admin, { replay: all.id, decision: early.id });
    await expect(gate()).resolves.toBeUndefined();
  });

  test("of more than have to be opened every replay of the draft lists the same", async () => {
    await Promise.all(Array.from({ length: mostFlips + 20 }, () => ruled(0.95, "negative")));
    const listed = async () => {
      const { id, result } = await replayed(threshold(0.9, { type: desk.typeKey }));
      expect(result?.flips).toMatchObject({ total: mostFlips + 20, listed: mostFlips });
      const { data } = await listFlipsOfReplay(org.admin, { replay: id, limit: 100 });
      return data.map(({ decision_id }) => decision_id);
    };
    expect(await listed()).toEqual(await listed());
  });

  test("that wait for an auditor's own answer are kept from auditors", async () => {
    const { id: decisionId } = await ruled(0.95, "negative", { route: "decline", auditDrawn: true });
    await rowsOf(
      db,
      sql`insert into audits (id, org_id, decision_id, pi_label) values ('aud_flip', ${org.orgId}, ${decisionId}, 0.1)`,
    );
    const { id } = await replayed(threshold(0.9));
    expect((await listFlipsOfReplay(org.auditor, { replay: id, limit: 50 })).data).toEqual([]);
    expect((await listFlipsOfReplay(org.admin, { replay: id, limit: 50 })).data).toHaveLength(1);
  });
});
