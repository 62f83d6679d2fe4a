import { sql } from "drizzle-orm";
import { expect, test } from "vitest";
import { testDatabase } from "@/db/testing";
import { aDecision, anOrg, aRefundDesk } from "@/db/testing-fixtures";
import { DomainError } from "@/lib/kernel/errors";
import type { Context } from "@/lib/server/context";
import { rowsOf } from "@/lib/server/rows";
import { ClaimNext, type Ruling } from "../schema";
import { claimNextReview } from "./claim-next-review";
import { giveVerdict } from "./give-verdict";

const { db } = await testDatabase();

/** Claims and rules until nothing is left; answers what this person ruled on. */
async function workThrough(reviewer: Context, rulingOf: (turn: number) => Ruling): Promise<string[]> {
  const ruled: string[] = [];
  for (;;) {
    const { review } = await claimNextReview(reviewer, ClaimNext.parse({}));
    if (!review) return ruled;
    await giveVerdict(reviewer, { params: { review: review.id }, body: rulingOf(ruled.length) });
    ruled.push(review.id);
  }
}

type Tally = {
  reviews: number;
  open: number;
  resolutions: number;
  labels: number;
  executions: number;
  approved: number;
};

async function tallyOf(orgId: string): Promise<Tally | undefined> {
  const [tally] = await rowsOf<Tally>(
    db,
    sql`select (select count(*)::int from reviews where org_id = ${orgId}) as reviews,
      (select count(*)::int from reviews where org_id = ${orgId} and status <> 'resolved') as open,
      (select count(*)::int from events where org_id = ${orgId} and type = 'review.resolved') as resolutions,
      (select count(*)::int from labels where org_id = ${orgId} and source = 'review') as labels,
      (select count(*)::int from executions where org_id = ${orgId}) as executions,
      (select count(*)::int from decisions where org_id = ${orgId} and status = 'approved') as approved`,
  );
  return tally;
}

test(
  "twenty reviewers work through 200 reviews at once: none is ruled on twice, none is lost",
  { timeout: 120_000 },
  async () => {
    const org = await anOrg(db);
    const desk = await aRefundDesk(db, org);
    for (let i = 0; i < 200; i++) await aDecision(db, org, desk);
    const reviewers = await Promise.all(Array.from({ length: 20 }, () => org.person("reviewer")));
    const each = await Promise.all(
      reviewers.map((reviewer, no) =>
        workThrough(reviewer, (turn) =>
          (turn + no) % 3 === 0
            ? { verdict: "decline", reason_code: "not entitled" }
            : { verdict: "approve" },
        ),
      ),
    );
    const ruled = each.flat();
    expect(ruled).toHaveLength(200);
    expect(new Set(ruled).size).toBe(200);
    const tally = await tallyOf(org.orgId);
    expect(tally).toMatchObject({ reviews: 200, open: 0, resolutions: 200, labels: 200 });
    expect(tally?.executions).toBe(tally?.approved);
  },
);

test("when all twenty rule on the same review, one verdict counts and nineteen are told", async () => {
  const org = await anOrg(db);
  const desk = await aRefundDesk(db, org);
  const { reviewId, id } = await aDecision(db, org, desk);
  const reviewers = await Promise.all(Array.from({ length: 20 }, () => org.person("reviewer")));
  const all = await Promise.allSettled(
    reviewers.map((reviewer) =>
      giveVerdict(reviewer, { params: { review: reviewId ?? "" }, body: { verdict: "approve" } }),
    ),
  );
  const refused = all.flatMap((one) => (one.status === "rejected" ? [one.reason as unknown] : []));
  expect(refused).toHaveLength(19);
  for (const reason of refused) {
    expect(reason).toBeInstanceOf(DomainError);
    expect(reason).toMatchObject({ kind: "conflict" });
  }
  expect(await tallyOf(org.orgId)).toMatchObject({ open: 0, resolutions: 1, executions: 1, approved: 1 });
  expect(await rowsOf(db, sql`select id from labels where decision_id = ${id}`)).toHaveLength(1);
});
