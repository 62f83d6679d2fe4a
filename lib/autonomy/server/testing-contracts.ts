import { and, eq, isNull, sql } from "drizzle-orm";
import type { Database } from "@/db/client";
import { contractChanges, contractEpochs, contracts, events, journal } from "@/db/schema";
import { anOrg, aRefundDesk } from "@/db/testing-fixtures";
import type { Prediction } from "@/lib/decisions/schema";
import { newId } from "@/lib/kernel/ids";
import { rowsOf } from "@/lib/server/rows";
import type { Fold } from "../fold";
import { foldFromJson } from "../fold-json";
import type { Terms } from "../schema";
import { defaultTerms } from "../terms";

export const testGrid = [0.3, 0.6, 0.9];

type Options = Partial<Omit<typeof contracts.$inferInsert, "terms">> & {
  terms?: Partial<Terms>;
  epoch?: Partial<typeof contractEpochs.$inferInsert>;
};

/**
 * A desk with a contract for its proposals not to act (so that a fixture needs no executions), by plain inserts: people
 * rule on everything and three thresholds are on trial, unless said otherwise.
 */
export async function aContract(db: Database, { terms, epoch, ...contract }: Options = {}) {
  const org = await anOrg(db);
  const desk = await aRefundDesk(db, org);
  const ids = { contract: newId("contract"), epoch: newId("epoch") };
  await db.insert(contracts).values({
    id: ids.contract,
    orgId: org.orgId,
    appId: desk.app,
    typeId: desk.type,
    predicted: "negative",
    terms: { ...defaultTerms, ...terms },
    level: "review_all",
    epochId: ids.epoch,
    createdBy: "user:test",
    ...contract,
  });
  await db.insert(contractEpochs).values({
    id: ids.epoch,
    orgId: org.orgId,
    contractId: ids.contract,
    number: 1,
    cause: "created",
    why: "The contract was made.",
    pins: { policies: [] },
    grid: testGrid,
    ...epoch,
  });
  return { org, desk, ids, ...readers(db, ids) };
}
export type TestContract = Awaited<ReturnType<typeof aContract>>;

function readers(db: Database, ids: { contract: string; epoch: string }) {
  const only = <T>(rows: readonly T[]): T => {
    const [row] = rows;
    if (row === undefined) throw new Error("the fixture's row is gone");
    return row;
  };
  const epoch = async (id = ids.epoch) =>
    only(await db.select().from(contractEpochs).where(eq(contractEpochs.id, id)));
  return {
    epoch,
    contract: async () => only(await db.select().from(contracts).where(eq(contracts.id, ids.contract))),
    openEpoch: async () =>
      only(
        await db
          .select()
          .from(contractEpochs)
          .where(and(eq(contractEpochs.contractId, ids.contract), isNull(contractEpochs.endedAt))),
      ),
    state: async (): Promise<Fold> => foldFromJson((await epoch()).state),
    changes: () =>
      db
        .select()
        .from(contractChanges)
        .where(eq(contractChanges.contractId, ids.contract))
        .orderBy(contractChanges.id),
    told: () => db.select().from(events).where(eq(events.subject, ids.contract)).orderBy(events.id),
    journalled: () => db.select().from(journal).where(eq(journal.subject, ids.contract)).orderBy(journal.id),
  };
}

export type Series = {
  /** Numbers of the decisions, which are their order. */
  from: number;
  count: number;
  score?: number;
  route?: "review" | "decline" | "shadow";
  drawn?: boolean;
  piLabel?: number;
  piRef?: number;
  /** Every so many is wrong; 0: none; null: none has a label yet. */
  wrongEvery?: number | null;
  hoursAgo?: number;
  epochId?: string;
  predicted?: Prediction;
};

export const nthDecision = (contract: Pick<TestContract, "ids">, at: number) =>
  `dec_00${contract.ids.epoch.slice(-16)}${String(at).padStart(8, "0")}`;

/** Decisions of the contract's segment as intake would have stored them, with their labels; before any made by a verb. */
export async function aSeries(db: Database, of: TestContract, series: Series): Promise<void> {
  const { from, count, score = 0.95, route = "review", drawn = false, piLabel = 1, piRef = 1 } = series;
  const { wrongEvery = 0, hoursAgo = 1, epochId = of.ids.epoch, predicted = "negative" } = series;
  const status =
    wrongEvery === null && route === "review" ? "in_review" : route === "shadow" ? "recorded" : "declined";
  const right = predicted === "negative" ? "negative" : "positive";
  const wrong = right === "negative" ? "positive" : "negative";
  const source = route === "review" ? "review" : "audit";
  const hasLabel = wrongEvery !== null && (route === "review" || drawn);
  await rowsOf(
    db,
    sql`insert into decisions (id, org_id, app_id, type_id, request_hash, input, arguments, predicted, confidence, livemode,
        status, route, reasons, level, pi_label, pi_ref, draw_u, audit_drawn, audit_pending, submitted_by, epoch_id, truth,
        truth_source, truth_pi, created_at)
      select ${nthDecision(of, 0).slice(0, -8)} || lpad(n::text, 8, '0'), ${of.org.orgId}, ${of.desk.app}, ${of.desk.type},
        ${"0".repeat(64)}, '{}', '{}', ${predicted}, ${score}::float8, false, ${status}, ${route}, '[]', 'review_all',
        ${piLabel}::float8, ${piRef}::float8, 0.5, ${drawn}, false, 'key:test', ${epochId},
        ${hasLabel ? sql`case when ${wrongEvery}::int > 0 and n % greatest(${wrongEvery}::int, 1) = 0 then ${wrong} else ${right} end` : sql`null`},
        ${hasLabel ? source : null}::text, ${hasLabel ? piLabel : null}::float8,
        now() - make_interval(hours => ${hoursAgo}::int)
      from generate_series(${from}::int, ${from + count - 1}::int) n`,
  );
}
