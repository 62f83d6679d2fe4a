import { eq, sql } from "drizzle-orm";
import { contracts } from "@/db/schema";
import type { Context } from "@/lib/server/context";
import type { JsonObject } from "@/lib/kernel/json";
import type { Terms } from "../schema";
import { compareTerms, type TermsChange } from "../terms";
import { termWords } from "../words";
import { beginEpoch, writeChange } from "./begin-epoch";
import type { ContractRow } from "./contract-rows";
import { recallUnsent } from "./recall-unsent";

export type NewTerms = { terms: Terms; currency: string; reason: string; evidence?: JsonObject };

/**
 * Puts terms in force, in the caller's transaction: with a new certification period where earlier evidence does not speak
 * for them. Whether they may be is the caller's to know.
 */
export async function putTerms(ctx: Context, contract: ContractRow, input: NewTerms): Promise<TermsChange> {
  const { terms, currency, reason, evidence } = input;
  const change = compareTerms(contract.terms, terms);
  const why = sentenceOf(contract.terms, { terms, currency, reason, changed: change.changed });
  if (change.beginsEpoch) {
    await beginEpoch(ctx, {
      contractId: contract.id,
      cause: "terms_changed",
      why,
      terms,
      kind: "terms",
      evidence,
    });
    await recallUnsent(ctx, contract.epochId);
    return change;
  }
  await ctx.db
    .update(contracts)
    .set({ terms, version: contract.version + 1, updatedAt: sql`now()` })
    .where(eq(contracts.id, contract.id));
  await writeChange(ctx, { contract, after: { terms }, kind: "terms", why, evidence });
  return change;
}

type Said = { terms: Terms; currency: string; reason: string; changed: readonly (keyof Terms)[] };

function sentenceOf(before: Terms, { terms, currency, reason, changed }: Said): string {
  const parts = changed.map((key) => {
    const { name, text } = termWords[key];
    return `${name}: ${text(before, currency)} before, ${text(terms, currency)} now`;
  });
  const because = reason === "" ? "" : ` ${/[.!?]$/.test(reason) ? reason : `${reason}.`}`;
  return `The terms changed. ${parts.join("; ")}.${because}`;
}
