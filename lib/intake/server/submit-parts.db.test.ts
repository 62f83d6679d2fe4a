import { eq } from "drizzle-orm";
import { beforeEach, expect, test } from "vitest";
import { decisions } from "@/db/schema";
import { testDatabase } from "@/db/testing";
import { anOrg, aRefundDesk, type TestDesk, type TestOrg } from "@/db/testing-fixtures";
import { Submission } from "@/lib/decisions/schema";
import type { Context } from "@/lib/server/context";
import { submitDecisions, type Outcome, type Submitted } from "./submit-decisions";

const { db } = await testDatabase();
process.env.COUNTERSIGN_AUDIT_SECRET = "a-secret-of-the-tests";

let org: TestOrg;
let desk: TestDesk;
let key: Context;
beforeEach(async () => {
  org = await anOrg(db);
  desk = await aRefundDesk(db, org, {
    autonomy: { level: "auto", threshold: 0.9, declineThreshold: 0.9, auditRate: 1, amountCap: 5000 },
  });
  key = await org.keyOf(desk.app, ["decisions:write"]);
});

function aSubmission(more: Partial<Submitted> & { body?: Record<string, unknown> } = {}): Submitted {
  const { body, ...rest } = more;
  const submission = Submission.parse({
    type: desk.typeKey,
    input: { message: "charged twice" },
    proposal: { arguments: { invoice: "INV-1", amount: 1800, currency: "EUR" } },
    confidence: 0.95,
    ...body,
  });
  return { actor: key.actor, livemode: false, idempotencyKey: null, submission, ...rest };
}

const created = (outcome: Outcome | undefined) => {
  if (outcome?.kind !== "created") throw new Error(`not created: ${JSON.stringify(outcome)}`);
  return outcome;
};

test("a set of many parts is one set: keys are unique across them, answers come in order", async () => {
  const set = Array.from({ length: 300 }, (_, at) =>
    aSubmission({ idempotencyKey: `k-${at === 299 ? 0 : at}` }),
  );
  const outcomes = await submitDecisions(org.system, set);
  expect(outcomes.slice(0, 299).every(({ kind }) => kind === "created")).toBe(true);
  expect(outcomes[299]).toMatchObject({ kind: "replayed", decisionId: created(outcomes[0]).plan.id });
  const stored = await db.select({ id: decisions.id }).from(decisions).where(eq(decisions.orgId, org.orgId));
  expect(stored).toHaveLength(299);
});

test("a set whose database goes away in between is completed when it is sent again", async () => {
  const set = Array.from({ length: 300 }, (_, at) => aSubmission({ idempotencyKey: `k-${at}` }));
  const leaving = { ...org.system, db: goneAfter(1) };
  await expect(submitDecisions(leaving, set)).rejects.toThrow("the connection is gone");
  await expect.poll(() => db.$count(decisions, eq(decisions.orgId, org.orgId))).toBe(100);
  const outcomes = await submitDecisions(org.system, set);
  expect(outcomes.slice(0, 100).every(({ kind }) => kind === "replayed")).toBe(true);
  expect(outcomes.slice(100).every(({ kind }) => kind === "created")).toBe(true);
  expect(await db.$count(decisions, eq(decisions.orgId, org.orgId))).toBe(300);
});

test("what the database refuses fails alone, in whichever part it stands", async () => {
  // A NUL is refused at the edge; here it stands for whatever only the database objects to.
  const set = Array.from({ length: 300 }, (_, at) =>
    aSubmission({ body: { input: { message: at === 150 ? "a\u0000b" : "charged twice" } } }),
  );
  const outcomes = await submitDecisions(org.system, set);
  expect(outcomes[150]).toMatchObject({ kind: "refused", error: { code: "validation_failed" } });
  expect(outcomes.filter(({ kind }) => kind === "created")).toHaveLength(299);
  expect(await db.$count(decisions, eq(decisions.orgId, org.orgId))).toBe(299);
});

/** A database that takes so many writes of decisions, and then no more. */
function goneAfter(writes: number): typeof db {
  let left = writes;
  const { session } = db._;
  const leaving = new Proxy(session, {
    get(target, name) {
      const own: unknown = Reflect.get(target, name);
      if (name !== "prepareQuery" || typeof own !== "function") return own;
      return (query: { sql: string }, ...rest: unknown[]) => {
        const isGone = query.sql.includes("insert into decisions") && left-- <= 0;
        const execute = () => Promise.reject(new Error("the connection is gone"));
        return isGone ? { execute } : (own.call(target, query, ...rest) as unknown);
      };
    },
  });
  return new Proxy(db, {
    get: (target, name) =>
      name === "_" ? { ...target._, session: leaving } : (Reflect.get(target, name) as unknown),
  });
}
