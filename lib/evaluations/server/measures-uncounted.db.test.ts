import { sql } from "drizzle-orm";
import { expect, test } from "vitest";
import { testDatabase } from "@/db/testing";
import { aDecision } from "@/db/testing-fixtures";
import { getApp } from "@/lib/apps/server/get-app";
import { countNewDecisions } from "@/lib/decisions/server/count-new-decisions";
import { listDecisionRows } from "@/lib/decisions/server/list-decision-rows";
import { putCopy } from "@/lib/reviews/server/put-copy";
import { aKnownDecision, aMeasuredQueue, measuresOf, rules } from "@/lib/reviews/server/testing-measures";
import { rowsOf } from "@/lib/server/rows";
import { calibration } from "./calibration";
import { confusion } from "./confusion";
import { listVersions } from "./list-versions";
import { overview } from "./overview";
import { volume } from "./volume";

const { db } = await testDatabase();
const copies = 100;

test("a hundred copies, ruled on or not, change no figure, no list of an admin's and no budget", async () => {
  const { org, desk, ana, ben, queue } = await aMeasuredQueue(db);
  const known = await aKnownDecision(db, org, desk, { promptVersion: "v1" });
  const first = await aDecision(db, org, desk, { promptVersion: "v1" });
  if (first.reviewId === null) throw new Error("no review");
  await rules(ana, first.reviewId, "approve");

  const to = new Date(Date.now() + 3_600_000).toISOString();
  const from = new Date(Date.now() - 3_600_000).toISOString();
  const figures = async () => ({
    overview: await overview(org.admin, { from, to }),
    confusion: await confusion(org.admin, { from, to, view: "final" }),
    model: await confusion(org.admin, { from, to, view: "model" }),
    calibration: await calibration(org.admin, { from, to }),
    volume: await volume(org.admin, { from, to }),
    prompts: (await listVersions(org.admin)).prompts,
    decisions: await listDecisionRows(org.admin, {}),
    fresh: await countNewDecisions(org.admin, { since: known.id }),
    app: (await getApp(org.admin, { app: desk.app })).decisions_24h,
    held: await rowsOf(
      db,
      sql`select (select count(*)::int from executions where org_id = ${org.orgId}) as executions,
        (select count(*)::int from labels where org_id = ${org.orgId}) as labels,
        (select count(*)::int from audits where org_id = ${org.orgId}) as audits,
        (select count(*)::int from precedents where org_id = ${org.orgId}) as precedents`,
    ),
  });
  const before = await figures();
  expect(before.overview.decisions).toBe(2);

  for (let index = 0; index < copies; index += 1) {
    await putCopy(org.system, {
      kind: index % 2 === 0 ? "gold" : "double",
      queueId: queue,
      sourceDecisionId: known.id,
      causeReviewId: await anotherCause(org.orgId, desk, queue, first.id, index),
      probability: 1,
      draw: 0,
      expected: "decline",
      firstReviewer: null,
      excluded: [],
    });
  }
  const put = await measuresOf(db, org.orgId);
  expect(put).toHaveLength(copies);
  for (const { review_id } of put.slice(0, 20)) await rules(ben, review_id, "approve");
  for (const { review_id } of put.slice(20, 40)) await rules(ben, review_id, "decline");

  expect(await figures()).toEqual(before);
});

// Reviews of the past to draw for: closed ones, so that they stand in no figure themselves.
async function anotherCause(
  orgId: string,
  desk: { app: string; type: string },
  queue: string,
  decisionId: string,
  index: number,
): Promise<string> {
  const id = `rev_cause${String(index).padStart(4, "0")}`;
  await rowsOf(
    db,
    sql`insert into reviews (id, org_id, decision_id, app_id, type_id, queue_id, status, resolved_at, resolved_by)
      values (${id}, ${orgId}, ${decisionId}, ${desk.app}, ${desk.type}, ${queue}, 'cancelled', now(), 'system:test')`,
  );
  return id;
}
