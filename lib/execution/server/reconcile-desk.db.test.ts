import { and, eq, sql } from "drizzle-orm";
import { afterAll, describe, expect, test } from "vitest";
import { attempts, events, executions, journal } from "@/db/schema";
import { testDatabase } from "@/db/testing";
import { aRefundDesk, anOrg, type TestOrg } from "@/db/testing-fixtures";
import { actorName, type Context } from "@/lib/server/context";
import { getExecution } from "./get-execution";
import { countDesk, listDesk } from "./list-desk";
import { lookUpExecution } from "./look-up-execution";
import { resolveExecution } from "./resolve-execution";
import { retryExecution } from "./retry-execution";
import { settleExecutions } from "./settle-executions";
import { aTarget, claimOne, claimSome, executionRow, letTimePass, resultOf, somePending } from "./testing";

const { db } = await testDatabase();
const target = await aTarget(() => ({ acts: true, answer: "ok" }), { dedupes: false });
process.env.COUNTERSIGN_ALLOWED_PRIVATE_HOSTS = target.host;
afterAll(target.close);

type Class = "A" | "B" | "C";

/** An execution that was sent once and not answered: a person's for class C, dead for the others. */
async function anOpenOne(connectorClass: Class = "C") {
  const org = await anOrg(db);
  const desk = await aRefundDesk(db, org, { connectorClass, baseUrl: target.baseUrl });
  const [id = ""] = await somePending(db, org, desk);
  const claimed = await claimOne(org);
  const isC = connectorClass === "C";
  await settleExecutions(org.system, [{ ...resultOf(claimed, "no_answer"), needsPerson: isC }]);
  if (!isC) {
    await db.execute(sql`update executions set status = 'dead', needs_person = true where id = ${id}`);
  }
  return { org, desk, id, claimed };
}

async function approvedBy(id: string, person: Context): Promise<void> {
  await db.execute(sql`update decisions set decided_by = ${actorName(person.actor)}
    where id = (select decision_id from executions where id = ${id})`);
}

const note = "The refund stands in their back office";
const resolved = (id: string, status: "succeeded" | "failed" = "succeeded") => ({
  id,
  status,
  reference: status === "succeeded" ? "re_by_hand" : null,
  note,
});
const retried = (id: string, withoutLookup = false) => ({
  id,
  reason: "They say nothing arrived",
  without_lookup: withoutLookup,
});

async function disputed(id: string): Promise<void> {
  await db.execute(sql`update executions set status = 'succeeded' where id = ${id}`);
  await db.execute(sql`update executions set status = 'disputed' where id = ${id}`);
}

describe("a resolution", () => {
  test.each(["unknown", "dead", "disputed"] as const)(
    "settles what is %s, with its evidence",
    async (from) => {
      const { org, id } = await anOpenOne(from === "unknown" ? "C" : "A");
      if (from === "disputed") await disputed(id);
      const view = await resolveExecution(org.reviewer, resolved(id));
      expect(view).toMatchObject({
        status: "succeeded",
        needs_person: false,
        reference: "re_by_hand",
        error: null,
      });
      expect(await executionRow(db, id)).toMatchObject({ status: "succeeded", settledAt: expect.any(Date) });
      const [evidence] = await db
        .select()
        .from(attempts)
        .where(and(eq(attempts.executionId, id), eq(attempts.kind, "resolution")));
      expect(evidence).toMatchObject({
        outcome: "resolved",
        workerId: actorName(org.reviewer.actor),
        request: { status: "succeeded", reference: "re_by_hand", note },
      });
      const told = await db.select().from(events).where(eq(events.subject, id));
      expect(told.map(({ type }) => type)).toEqual(
        expect.arrayContaining(["decision.executed", "execution.resolved"]),
      );
      const [entry] = await db
        .select()
        .from(journal)
        .where(and(eq(journal.orgId, org.orgId), eq(journal.action, "execution.resolved")));
      expect(entry?.entry).toContain(`"from":"${from}"`);
      // What a person wrote stays with the execution; the journal holds its digest.
      expect(entry?.entry).not.toContain(note);
    },
  );

  test("failed says that nothing happened, and nothing is sent after it", async () => {
    const { org, id } = await anOpenOne("A");
    expect(await resolveExecution(org.admin, resolved(id, "failed"))).toMatchObject({
      status: "failed",
      error: "Settled by a person: nothing happened",
    });
    await letTimePass(db, org);
    expect(await claimSome(org)).toMatchObject({ sends: [], lookUps: [] });
  });

  test("whoever approved the decision is refused, alone or as one of two", async () => {
    const { org, id } = await anOpenOne();
    await approvedBy(id, org.reviewer);
    const refused = { kind: "forbidden", code: "own_approval" };
    await expect(resolveExecution(org.reviewer, resolved(id))).rejects.toMatchObject(refused);
    await expect(retryExecution(org.reviewer, retried(id))).rejects.toMatchObject(refused);
    const first = await org.person("reviewer");
    await db.execute(sql`insert into reviews (id, org_id, decision_id, queue_id, app_id, type_id, status, verdict,
        resolved_by, resolved_at)
      select ${`rev_${id}`}, d.org_id, d.id, t.queue_id, d.app_id, d.type_id, 'resolved', 'approve',
        ${actorName(first.actor)}, now()
      from executions e join decisions d on d.id = e.decision_id join decision_types t on t.id = d.type_id
      where e.id = ${id}`);
    await expect(resolveExecution(first, resolved(id))).rejects.toMatchObject(refused);
    expect(await executionRow(db, id)).toMatchObject({ status: "unknown", needsPerson: true });
    expect((await getExecution(org.reviewer, { id })).desk.resolve.refusal?.code).toBe("own_approval");
    await resolveExecution(org.admin, resolved(id));
  });

  test("an auditor, a key, another organisation and a settled execution are refused", async () => {
    const { org, desk, id } = await anOpenOne();
    const other = await anOrg(db);
    await expect(resolveExecution(org.auditor, resolved(id))).rejects.toMatchObject({ kind: "forbidden" });
    const key = await org.keyOf(desk.app, ["decisions:write", "decisions:cancel", "decisions:read"]);
    await expect(resolveExecution(key, resolved(id))).rejects.toMatchObject({ kind: "forbidden" });
    await expect(resolveExecution(other.admin, resolved(id))).rejects.toMatchObject({ kind: "not_found" });
    await resolveExecution(org.reviewer, resolved(id));
    await expect(resolveExecution(org.admin, resolved(id, "failed"))).rejects.toMatchObject({
      kind: "conflict",
      extra: { execution_status: "succeeded" },
    });
  });

  test("of two people who settle it at once, the second is told and changes nothing", async () => {
    const { org, id } = await anOpenOne();
    const both = await Promise.allSettled([
      resolveExecution(org.reviewer, resolved(id)),
      resolveExecution(org.admin, resolved(id, "failed")),
    ]);
    expect(both.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    expect(both.find(({ status }) => status === "rejected")).toMatchObject({ reason: { kind: "conflict" } });
    const log = await db.select().from(attempts).where(eq(attempts.executionId, id));
    expect(log.filter(({ kind }) => kind === "resolution")).toHaveLength(1);
  });
});

/** Claims the retry that was asked for. */
async function claimRetry(org: TestOrg) {
  const { sends } = await claimSome(org);
  return sends;
}

describe("another send", () => {
  test.each<[Class, boolean]>([
    ["A", false],
    ["C", false],
    ["B", true],
  ])("class %s: the same bytes under the same key, once, by the next worker", async (kind, withoutLookup) => {
    const { org, id, claimed } = await anOpenOne(kind);
    await retryExecution(org.reviewer, retried(id, withoutLookup));
    expect((await executionRow(db, id)).retryAskedBy).toBe(actorName(org.reviewer.actor));
    const [again, ...more] = await claimRetry(org);
    expect(more).toEqual([]);
    expect(again).toMatchObject({ executionId: id, attempt: 2, isFirst: false, request: claimed.request });
    expect(again?.fence).toBeGreaterThan(claimed.fence);
    expect(await executionRow(db, id)).toMatchObject({ status: "in_flight", retryAskedBy: null });
    if (again) await settleExecutions(org.system, [resultOf(again, 200)]);
    expect(await executionRow(db, id)).toMatchObject({ status: "succeeded" });
  });

  test("class B is looked up first", async () => {
    const { org, id } = await anOpenOne("B");
    await expect(retryExecution(org.reviewer, retried(id))).rejects.toMatchObject({
      kind: "conflict",
      code: "lookup_first",
    });
    await letTimePass(db, org);
    await lookUpExecution(org.reviewer, { executionId: id });
    await retryExecution(org.reviewer, retried(id));
    expect(await claimRetry(org)).toHaveLength(1);
  });

  test("is refused under a lapsed approval, while one is asked for, and by itself found out", async () => {
    const { org, id } = await anOpenOne("A");
    await retryExecution(org.reviewer, retried(id));
    await expect(retryExecution(org.admin, retried(id))).rejects.toMatchObject({ kind: "conflict" });
    const [again] = await claimRetry(org);
    if (again) await settleExecutions(org.system, [resultOf(again, "no_answer")]);
    // Class A goes on by itself.
    await expect(retryExecution(org.reviewer, retried(id))).rejects.toMatchObject({ kind: "conflict" });
    const { org: other, id: late } = await anOpenOne("C");
    await db.execute(sql`alter table executions disable trigger executions_guard`);
    await db.execute(
      sql`update executions set execute_before = now() - interval '1 minute' where id = ${late}`,
    );
    await db.execute(sql`alter table executions enable trigger executions_guard`);
    await expect(retryExecution(other.reviewer, retried(late))).rejects.toMatchObject({
      code: "approval_lapsed",
    });
  });

  test("what is no longer what was signed is not sent, whoever asks", async () => {
    const { org, desk, id } = await anOpenOne("A");
    await db.execute(sql`update connectors set version = version + 1 where id = ${desk.connector}`);
    await retryExecution(org.reviewer, retried(id));
    expect(await claimSome(org)).toMatchObject({ sends: [], concluded: 1 });
    expect(await executionRow(db, id)).toMatchObject({
      status: "dead",
      needsPerson: true,
      retryAskedBy: null,
      lastError: "digest_mismatch",
    });
  });

  test("ten workers and one retry: one send", async () => {
    const { org, id } = await anOpenOne("C");
    await retryExecution(org.reviewer, retried(id));
    const claims = await Promise.all(Array.from({ length: 10 }, () => claimRetry(org)));
    expect(claims.flat()).toHaveLength(1);
  });

  test("asked for and settled at once: never both", async () => {
    const { org, id } = await anOpenOne("C");
    await Promise.allSettled([
      retryExecution(org.reviewer, retried(id)),
      resolveExecution(org.admin, resolved(id)),
    ]);
    const row = await executionRow(db, id);
    expect(row).toMatchObject({ status: "succeeded", retryAskedBy: null });
    expect(await claimRetry(org)).toEqual([]);
  });
});

test("the desk lists oldest first by page, counts each tab, and empties", async () => {
  const { org, desk, id } = await anOpenOne("C");
  const more = await somePending(db, org, desk, 3);
  const { sends } = await claimSome(org);
  const unanswered = sends.map((claimed) => ({ ...resultOf(claimed, "no_answer"), needsPerson: true }));
  await settleExecutions(org.system, unanswered);
  const first = await listDesk(org.auditor, { tab: "unanswered", limit: 3 });
  expect(first).toMatchObject({ has_more: true });
  expect(first.data.map((item) => item.id)).toEqual([id, ...more.slice(0, 2)]);
  const last = await listDesk(org.auditor, { tab: "unanswered", limit: 3, starting_after: more[1] });
  expect(last).toMatchObject({ has_more: false, data: [{ id: more[2] }] });
  expect(await countDesk(org.auditor)).toEqual({ unanswered: 4, stopped: 0, disputed: 0 });
  await disputed(id);
  await db
    .update(executions)
    .set({ status: "dead" })
    .where(eq(executions.id, more[0] ?? ""));
  expect(await countDesk(org.auditor)).toEqual({ unanswered: 2, stopped: 1, disputed: 1 });
  expect((await listDesk(org.auditor, { tab: "disputed", limit: 3 })).data).toMatchObject([{ id }]);
  expect(await countDesk((await anOrg(db)).admin)).toEqual({ unanswered: 0, stopped: 0, disputed: 0 });
});

test("whoever approved it through a stand-in does not settle it either", async () => {
  const { org, id } = await anOpenOne();
  await db.execute(sql`insert into approvals (id, org_id, decision_id, review_id, stage, actor, on_behalf_of, verdict)
    select 'apv_' || id, org_id, decision_id, 'rev_1', 1, 'user:usr_standin', ${actorName(org.reviewer.actor)}, 'approve'
    from executions where id = ${id}`);
  await expect(resolveExecution(org.reviewer, resolved(id))).rejects.toMatchObject({ code: "own_approval" });
  await expect(retryExecution(org.reviewer, retried(id))).rejects.toMatchObject({ code: "own_approval" });
  await expect(resolveExecution(org.admin, resolved(id))).resolves.toMatchObject({ status: "succeeded" });
});
