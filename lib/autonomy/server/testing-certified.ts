import { sql } from "drizzle-orm";
import type { Database } from "@/db/client";
import { newId } from "@/lib/kernel/ids";
import type { Context } from "@/lib/server/context";
import { foldEpoch } from "./fold-epoch";
import { proposeAutonomy } from "./propose-autonomy";
import { signProposal } from "./sign-proposal";
import { aContract, aSeries } from "./testing-contracts";

/** A contract of at most 30 % wrong whose evidence certifies 0.9 and 0.6, and not 0.3; with a second admin. */
export async function aCertified(db: Database) {
  const of = await aContract(db, { terms: { alpha: 0.3 } });
  await aSeries(db, of, { from: 0, count: 60, score: 0.4, wrongEvery: 1 });
  await aSeries(db, of, { from: 60, count: 60, score: 0.7 });
  await aSeries(db, of, { from: 120, count: 60, score: 0.95 });
  await foldEpoch(of.org.system, of.ids.contract, { settleSeconds: 0 });
  const { admin } = of.org;
  const other = await of.org.person("admin");
  const contract = of.ids.contract;
  const version = async () => (await of.contract()).version;
  const propose = async (threshold: number, by = admin) =>
    proposeAutonomy(by, {
      contract,
      kind: "threshold",
      threshold,
      version: await version(),
      reason: "It has earned it",
    });
  const sign = async (by: Context, proposal: { id: string }) =>
    signProposal(by, { contract, proposal: proposal.id });
  /** As a worker leaves it: a finished replay of the threshold, and what it lists unopened. */
  const replay = async (threshold: number, flips: readonly string[] = []) => {
    const id = newId("replay");
    const spec = { type_id: of.desk.type, thresholds: { negative: threshold }, period: { days: 30 } };
    await db.execute(sql`insert into replays (id, org_id, app_id, kind, spec, status, created_by) values
      (${id}, ${of.org.orgId}, ${of.desk.app}, 'threshold', ${JSON.stringify(spec)}::jsonb, 'done', 'user:test')`);
    for (const decision of flips)
      await db.execute(sql`insert into replay_flips (replay_id, decision_id, org_id, was, would)
        values (${id}, ${decision}, ${of.org.orgId}, 'review', 'execute')`);
    return id;
  };
  /** Whatever let more run alone did so a day earlier. */
  const nextDay = () =>
    db.execute(sql`update contracts set widened_at = widened_at - interval '1 day' where id = ${contract}`);
  /** On a day of its own, with a replay that lists nothing. */
  const promote = async (threshold: number) => {
    await nextDay();
    await replay(threshold);
    return sign(other, await propose(threshold));
  };
  return { ...of, admin, other, contractId: contract, version, propose, sign, promote, replay, nextDay };
}
export type Certified = Awaited<ReturnType<typeof aCertified>>;
