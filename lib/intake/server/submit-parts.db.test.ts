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

test("a part that cannot be written fails its set and nothing else, also while the next part is planned", async () => {
  const before = await db.$count(decisions, eq(decisions.orgId, org.orgId));
  const failing = new Proxy(db, {
    get: (target, name) =>
      name === "transaction"
        ? (work: (tx: typeof db) => Promise<unknown>) => target.transaction((tx) => work(broken(tx)))
        : (Reflect.get(target, name) as unknown),
  });
  const set = Array.from({ length: 300 }, () => aSubmission());
  await expect(submitDecisions({ ...org.system, db: failing }, set)).rejects.toThrow(
    "the connection is gone",
  );
  expect(await db.$count(decisions, eq(decisions.orgId, org.orgId))).toBe(before);
});

/** A transaction whose statements fail at once, before anybody waits for them. */
function broken(tx: typeof db): typeof db {
  return new Proxy(tx, {
    get(target, name) {
      if (name === "_") throw new Error("the connection is gone");
      return Reflect.get(target, name) as unknown;
    },
  });
}
