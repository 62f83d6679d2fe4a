import { desc, eq, sql } from "drizzle-orm";
import { contractEpochs, contracts, decisions } from "@/db/schema";
import type { JsonObject } from "@/lib/kernel/json";
import type { Context } from "@/lib/server/context";
import type { ThresholdFigures } from "../fold";
import type { Step } from "../look";
import { writeChange } from "./begin-epoch";
import { lockLiveContract, readEpoch } from "./contract-rows";
import { deployThreshold, putDeployment } from "./deploy-threshold";
import { stepDown } from "./step-down";
import { tellChange } from "./tell-change";

/** Does what a look came to, in the caller's transaction, which holds the contract. */
export async function takeStep(ctx: Context, contractId: string, step: Step): Promise<void> {
  switch (step.kind) {
    case "step_down":
      await stepDown(ctx, { contractId, cause: step.cause, why: step.why });
      return;
    case "freeze_grid":
      return freezeGrid(ctx, contractId, step);
    case "end_shadow":
      return setInForce(ctx, contractId, {
        after: { level: "review_all" },
        kind: "shadow_ended",
        why: step.why,
      });
    case "offer":
      return tellOffer(ctx, contractId, step);
    case "expand":
      return expand(ctx, contractId, step);
    case "ramp":
      return setInForce(ctx, contractId, { after: { rampShare: step.share }, kind: "ramped", why: step.why });
    case "audit_rate":
      return setInForce(ctx, contractId, {
        after: { auditRate: step.rate },
        kind: "audit_rate",
        why: step.why,
      });
  }
}

type StepOf<K extends Step["kind"]> = Extract<Step, { kind: K }>;

async function freezeGrid(
  ctx: Context,
  contractId: string,
  { grid, why }: StepOf<"freeze_grid">,
): Promise<void> {
  const contract = await lockLiveContract(ctx, contractId);
  const [newest] = await ctx.db
    .select({ id: decisions.id })
    .from(decisions)
    .where(eq(decisions.epochId, contract.epochId))
    .orderBy(desc(decisions.id))
    .limit(1);
  await ctx.db
    .update(contractEpochs)
    .set({ grid, gridFrozenAt: sql`now()`, evidenceAfter: newest?.id ?? null })
    .where(eq(contractEpochs.id, contract.epochId));
  const data = { epoch: contract.epochId, thresholds: grid.length };
  await tellChange(ctx, contract, { event: "contract.changed", did: "grid_frozen", data, why });
}

type InForce = {
  after: { level: "review_all" } | { rampShare: number } | { auditRate: number };
  kind: "shadow_ended" | "ramped" | "audit_rate";
  why: string;
};

async function setInForce(ctx: Context, contractId: string, { after, kind, why }: InForce): Promise<void> {
  const contract = await lockLiveContract(ctx, contractId);
  if ("auditRate" in after && contract.threshold !== null) {
    await putDeployment(ctx, await readEpoch(ctx, contract), { threshold: contract.threshold, ...after });
  }
  await ctx.db
    .update(contracts)
    .set({
      ...after,
      version: contract.version + 1,
      rampedAt: kind === "ramped" ? sql`now()` : contract.rampedAt,
      updatedAt: sql`now()`,
    })
    .where(eq(contracts.id, contract.id));
  await writeChange(ctx, { contract, after, kind, why });
  const data: JsonObject = { epoch: contract.epochId, ...after };
  await tellChange(ctx, contract, { event: "contract.changed", did: kind, data, why });
}

// Told once for each threshold, not every night again.
async function tellOffer(ctx: Context, contractId: string, step: StepOf<"offer">): Promise<void> {
  const contract = await lockLiveContract(ctx, contractId);
  const epoch = await readEpoch(ctx, contract);
  if (epoch.offered === step.threshold) return;
  await ctx.db.update(contractEpochs).set({ offered: step.threshold }).where(eq(contractEpochs.id, epoch.id));
  const data = { epoch: epoch.id, proposal: step.proposal, ...figuresOf(step.figures) };
  await tellChange(ctx, contract, { event: "contract.changed", did: "certified", data, why: step.why });
}

async function expand(
  ctx: Context,
  contractId: string,
  { threshold, figures, why }: StepOf<"expand">,
): Promise<void> {
  const { epochId } = await lockLiveContract(ctx, contractId);
  const evidence = figuresOf(figures);
  await deployThreshold(ctx, { contractId, epochId, threshold, kind: "expanded", why, evidence });
}

function figuresOf({ threshold, n, wrong, p, level }: ThresholdFigures): JsonObject {
  return { threshold, n, wrong, p, level };
}
