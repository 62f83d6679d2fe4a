import { sql } from "drizzle-orm";
import { replayOfDraft } from "@/lib/policies/server/require-flips-opened";
import { authorize } from "@/lib/server/authorize";
import type { Context } from "@/lib/server/context";
import { rowsOf } from "@/lib/server/rows";
import type { SigningWait } from "../signing-wait";
import type { ContractView } from "../views";
import { findContract, readEpoch, type ContractRow } from "./contract-rows";
import { hasWidenedToday } from "./deploy-threshold";

/** What a contract's open proposal of a threshold waits for before another admin can sign it; null: for nothing. */
export async function signingWaitsFor(
  ctx: Context,
  { id, proposal }: Pick<ContractView, "id" | "proposal">,
): Promise<SigningWait | null> {
  authorize(ctx, "contracts.read");
  const threshold = proposal?.threshold ?? null;
  if (!proposal || threshold === null) return null;
  const contract = await findContract(ctx, id);
  if (proposal.kind === "expand" && (await hasWidenedToday(ctx, contract))) return { kind: "tomorrow" };
  const { appId, typeId, predicted } = contract;
  const { startedAt: since } = await readEpoch(ctx, contract);
  const replay = await replayOfDraft(ctx, { kind: "threshold", appId, typeId, predicted, threshold, since });
  if (!replay) return runningReplay(ctx, contract, threshold);
  const unopened = replay.listed - replay.opened;
  return unopened === 0 ? null : { kind: "flips", replay: replay.id, unopened };
}

async function runningReplay(
  ctx: Context,
  { appId, typeId, predicted }: ContractRow,
  threshold: number,
): Promise<SigningWait> {
  const [running] = await rowsOf<{ id: string }>(
    ctx.db,
    sql`select id from replays where org_id = ${ctx.orgId} and app_id = ${appId} and kind = 'threshold'
      and status in ('pending', 'running') and spec ->> 'type_id' = ${typeId}
      and (spec -> 'thresholds' ->> ${predicted}::text)::float8 = ${threshold}::float8 order by id desc limit 1`,
  );
  return running ? { kind: "replay_running", replay: running.id } : { kind: "replay" };
}
