import { sql } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import { testDatabase } from "@/db/testing";
import { aDecision, aRefundDesk, anOrg } from "@/db/testing-fixtures";
import { executionStatuses, executionTransitions, type ExecutionStatus } from "../schema";
import { executionRow, somePending } from "./testing";

// The database's own machine, attacked with plain SQL: whatever the application does, these hold.
const { db } = await testDatabase();
const org = await anOrg(db);
const deskOf = {
  A: await aRefundDesk(db, org, { connectorClass: "A" }),
  B: await aRefundDesk(db, org, { connectorClass: "B" }),
  C: await aRefundDesk(db, org, { connectorClass: "C" }),
};

const ways: Record<ExecutionStatus, ExecutionStatus[]> = {
  pending: [],
  in_flight: ["in_flight"],
  succeeded: ["in_flight", "succeeded"],
  failed: ["in_flight", "failed"],
  unknown: ["in_flight", "unknown"],
  dead: ["in_flight", "unknown", "dead"],
  disputed: ["in_flight", "succeeded", "disputed"],
  cancelled: ["cancelled"],
};

async function move(id: string, to: ExecutionStatus): Promise<void> {
  await db.execute(sql`update executions set status = ${to},
    fence = case when ${to} = 'in_flight' then nextval('fence_seq') else fence end,
    last_sent_at = case when ${to} = 'in_flight' then now() else last_sent_at end where id = ${id}`);
}

async function anExecution(status: ExecutionStatus, desk = deskOf.A): Promise<string> {
  const [id = ""] = await somePending(db, org, desk);
  for (const step of ways[status]) await move(id, step);
  return id;
}

/** The record that a claim's send was never written. */
async function recordNotSent(id: string): Promise<void> {
  await db.execute(sql`insert into attempts (id, org_id, execution_id, kind, attempt, fence, worker_id, outcome)
    select 'att_' || id, org_id, id, 'send', attempt, fence, 'w', 'not_sent' from executions where id = ${id}`);
}

async function askForRetry(id: string): Promise<void> {
  await db.execute(sql`update executions set retry_asked_by = 'user:usr_other' where id = ${id}`);
}

describe("of all 64 pairs only the declared transitions pass", () => {
  const pairs = executionStatuses.flatMap((from) => executionStatuses.map((to) => [from, to] as const));
  test.each(pairs)("%s → %s", async (from, to) => {
    const id = await anExecution(from);
    if (from === "in_flight" && to === "pending") await recordNotSent(id);
    if (from === "dead" && to === "in_flight") await askForRetry(id);
    const isAllowed = executionTransitions[from].includes(to) || (from === to && to !== "in_flight");
    const done = await move(id, to).then(
      () => true,
      () => false,
    );
    // In flight to in flight draws a new fence: a claim stolen from its holder.
    expect(done).toBe(isAllowed);
    expect((await executionRow(db, id)).status).toBe(isAllowed ? to : from);
  });
});

describe("direct SQL is refused", () => {
  test("a dead execution nobody asked to send again", async () => {
    const id = await anExecution("dead");
    await expect(move(id, "in_flight")).rejects.toThrow();
    expect((await executionRow(db, id)).status).toBe("dead");
  });

  /** The SQLSTATE a statement ends with; "none" when it is let through. */
  const stateOf = (statement: ReturnType<typeof sql>) =>
    db.execute(statement).then(
      () => "none",
      (error: Error & { cause?: { code?: string } }) => error.cause?.code,
    );
  const check = "23514";

  test("an execution of a decision that is not approved", async () => {
    const { id } = await aDecision(db, org, deskOf.A);
    expect(
      await stateOf(sql`insert into executions (id, org_id, decision_id, app_id, action_key, arguments, action_digest)
      values ('exe_forged', ${org.orgId}, ${id}, ${deskOf.A.app}, 'forged', '{}', 'x')`),
    ).toBe(check);
  });

  test("an execution with another digest than was signed, or not born pending", async () => {
    const { id, digest } = await aDecision(db, org, deskOf.A, { status: "approved", withExecution: true });
    const insert = (kind: string, status: string, signed: string) =>
      stateOf(sql`insert into executions (id, org_id, decision_id, app_id, action_key, arguments, action_digest, kind, status)
        values (${`exe_${kind}${status}`}, ${org.orgId}, ${id}, ${deskOf.A.app}, ${`k${kind}${status}`}, '{}', ${signed}, ${kind}, ${status})`);
    expect(await insert("action", "pending", "another")).toBe(check);
    expect(await insert("compensate", "in_flight", digest)).toBe(check);
    expect(await insert("compensate", "succeeded", digest)).toBe(check);
  });

  test.each([
    ["its arguments", sql`arguments = '{"amount": 1}'`],
    ["its digest", sql`action_digest = 'x'`],
    ["its key", sql`action_key = 'x'`],
    ["its decision", sql`decision_id = 'x'`],
    ["its connector", sql`connector_id = null`],
    ["its connector's version", sql`connector_version = 2`],
    ["its class", sql`connector_class = 'C'`],
  ])("changing %s", async (_what, change) => {
    const id = await anExecution("pending");
    expect(await stateOf(sql`update executions set ${change} where id = ${id}`)).toBe(check);
  });

  test("lowering a fence, claiming without a new one, forgetting a send", async () => {
    const flying = await anExecution("in_flight");
    expect(await stateOf(sql`update executions set fence = fence - 1 where id = ${flying}`)).toBe(check);
    const waiting = await anExecution("pending");
    expect(await stateOf(sql`update executions set status = 'in_flight' where id = ${waiting}`)).toBe(check);
    const unknown = await anExecution("unknown");
    expect(await stateOf(sql`update executions set first_sent_at = null where id = ${unknown}`)).toBe(check);
  });

  test("a claim whose decision no longer stands", async () => {
    const id = await anExecution("pending");
    await db.transaction(async (tx) => {
      await tx.execute(sql`alter table decisions disable trigger decisions_guard`);
      await tx.execute(
        sql`update decisions set status = 'declined' where id = (select decision_id from executions where id = ${id})`,
      );
      await tx.execute(sql`alter table decisions enable trigger decisions_guard`);
    });
    await expect(move(id, "in_flight")).rejects.toMatchObject({ cause: { code: "23514" } });
  });

  test("back to pending without the record that nothing was written", async () => {
    const id = await anExecution("in_flight");
    await expect(move(id, "pending")).rejects.toMatchObject({ cause: { code: "23514" } });
  });

  test("failed, or pending, after an earlier send", async () => {
    const id = await anExecution("unknown");
    await move(id, "in_flight");
    await recordNotSent(id);
    await expect(move(id, "failed")).rejects.toMatchObject({ cause: { code: "23514" } });
    await expect(move(id, "pending")).rejects.toMatchObject({ cause: { code: "23514" } });
  });

  test("sending again: class C never, class B only after a look-up of that very send", async () => {
    const c = await anExecution("unknown", deskOf.C);
    await expect(move(c, "in_flight")).rejects.toMatchObject({ cause: { code: "23514" } });
    const b = await anExecution("unknown", deskOf.B);
    await expect(move(b, "in_flight")).rejects.toMatchObject({ cause: { code: "23514" } });
    await db.execute(sql`update executions set absent_fence = fence - 1 where id = ${b}`);
    await expect(move(b, "in_flight")).rejects.toMatchObject({ cause: { code: "23514" } });
    await db.execute(sql`update executions set absent_fence = fence where id = ${b}`);
    await move(b, "in_flight");
    expect((await executionRow(db, b)).status).toBe("in_flight");
  });

  test("deleting an execution", async () => {
    expect(await stateOf(sql`delete from executions`)).toBe(check);
  });
});

test("whatever leaves in_flight carries the moment it may have been sent, though nobody set it", async () => {
  for (const status of ["succeeded", "failed", "unknown"] as const) {
    expect((await executionRow(db, await anExecution(status))).firstSentAt).not.toBeNull();
  }
  expect((await executionRow(db, await anExecution("in_flight"))).firstSentAt).toBeNull();
});
