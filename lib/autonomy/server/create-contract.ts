import { and, eq, isNull } from "drizzle-orm";
import { apps, contracts } from "@/db/schema";
import { findApp, findType } from "@/lib/apps/server/find";
import { DomainError } from "@/lib/kernel/errors";
import { newId } from "@/lib/kernel/ids";
import { authorize } from "@/lib/server/authorize";
import { actorName, inTransaction, type Context } from "@/lib/server/context";
import type { CreateContract } from "../contracts";
import { defaultTerms } from "../terms";
import type { ContractView } from "../views";
import { bandText } from "../words";
import { askedTerms } from "./asked-terms";
import { insertEpoch, writeChange } from "./begin-epoch";
import { readContract } from "./read-contracts";
import { tellChange } from "./tell-change";

const made = "The contract was made.";

type Band = { amountFrom: number | null; amountTo: number | null };

/**
 * Makes a contract for a segment, which it governs from now on: nothing of it runs alone before a threshold is certified
 * and two admins signed. Throws `segment_taken` where another covers a part of it, `validation_failed`, `not_found`.
 */
export async function createContract(ctx: Context, input: CreateContract): Promise<ContractView> {
  authorize(ctx, "contracts.write");
  return inTransaction(ctx, async (ctx) => {
    const app = await findApp(ctx, input.app);
    const type = await findType(ctx, input.type);
    requireLive(app.archivedAt, "app");
    requireLive(type.archivedAt, "type");
    const band = { amountFrom: input.amount_from, amountTo: input.amount_to };
    if (type.amountPointer === null) requireNoBand(band);
    const terms = askedTerms(defaultTerms, input.terms, input.amount_to);
    await requireFree(
      ctx,
      { appId: app.id, typeId: type.id, predicted: input.predicted, currency: type.currency },
      band,
    );
    const ids = { contract: newId("contract"), epoch: newId("epoch") };
    const [contract] = await ctx.db
      .insert(contracts)
      .values({
        id: ids.contract,
        orgId: ctx.orgId,
        appId: app.id,
        typeId: type.id,
        predicted: input.predicted,
        ...band,
        terms,
        level: input.level,
        epochId: ids.epoch,
        createdBy: actorName(ctx.actor),
      })
      .returning();
    if (!contract) throw new Error("a contract that was written was not returned");
    await insertEpoch(ctx, {
      contract,
      epochId: ids.epoch,
      number: 1,
      cause: "created",
      why: made,
      grid: null,
    });
    await writeChange(ctx, { contract, after: {}, kind: "created", why: made });
    const { amountFrom: amount_from, amountTo: amount_to, level } = contract;
    const data = { level, amount_from, amount_to, alpha: terms.alpha, delta: terms.delta };
    await tellChange(ctx, contract, { event: "contract.changed", did: "created", data });
    return readContract(ctx, contract.id);
  });
}

function requireLive(archivedAt: Date | null, field: "app" | "type"): void {
  if (archivedAt === null) return;
  throw new DomainError("invalid", `This ${field === "app" ? "app" : "decision type"} is archived.`, {
    code: "validation_failed",
    errors: [{ pointer: `/${field}`, code: "archived", message: "is archived" }],
  });
}

function requireNoBand({ amountFrom, amountTo }: Band): void {
  if (amountFrom === null && amountTo === null) return;
  const message = "Proposals of this type carry no amount";
  throw new DomainError("invalid", `${message}.`, {
    code: "validation_failed",
    errors: [
      {
        pointer: amountFrom === null ? "/amount_to" : "/amount_from",
        code: "no_amount",
        message,
        fix: "Leave both ends open, or say in the type where the amount stands.",
      },
    ],
  });
}

type Segment = {
  appId: string;
  typeId: string;
  predicted: CreateContract["predicted"];
  currency: string;
};

async function requireFree(ctx: Context, { currency, ...segment }: Segment, band: Band): Promise<void> {
  // Two that are made at once are made one after the other.
  await ctx.db.select({ id: apps.id }).from(apps).where(eq(apps.id, segment.appId)).for("no key update");
  const others = await ctx.db
    .select({ id: contracts.id, amountFrom: contracts.amountFrom, amountTo: contracts.amountTo })
    .from(contracts)
    .where(
      and(
        eq(contracts.appId, segment.appId),
        eq(contracts.typeId, segment.typeId),
        eq(contracts.predicted, segment.predicted),
        isNull(contracts.archivedAt),
      ),
    );
  const taken = others.find((other) => overlap(other, band));
  if (!taken) return;
  const words = bandText({ amount_from: taken.amountFrom, amount_to: taken.amountTo, currency });
  throw new DomainError("conflict", `Another contract covers ${words} already; bands do not overlap.`, {
    code: "segment_taken",
    errors: [
      {
        pointer: "/amount_from",
        code: "segment_taken",
        message: `overlaps the contract for ${words}`,
        fix: "Choose a band beside it, or archive that contract.",
      },
    ],
    extra: { contract: taken.id },
  });
}

// From is included, to is not; an open end has no limit.
function overlap(one: Band, other: Band): boolean {
  const begins = (band: Band) => band.amountFrom ?? -Infinity;
  const ends = (band: Band) => band.amountTo ?? Infinity;
  return begins(one) < ends(other) && begins(other) < ends(one);
}
