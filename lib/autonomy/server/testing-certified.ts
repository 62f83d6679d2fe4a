import type { Database } from "@/db/client";
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
  const promote = async (threshold: number) => sign(other, await propose(threshold));
  return { ...of, admin, other, contractId: contract, version, propose, sign, promote };
}
export type Certified = Awaited<ReturnType<typeof aCertified>>;
