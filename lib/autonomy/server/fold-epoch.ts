import { authorize } from "@/lib/server/authorize";
import { inTransaction, type Context } from "@/lib/server/context";
import { newFold, type Fold, type FoldTerms } from "../fold";
import { foldTermsOf } from "../fold-terms";
import { alarmSentence } from "../look";
import { computeFold } from "./compute-fold";
import { foldNewest } from "./fold-newest";
import {
  holdFold,
  keepFold,
  readHeld,
  sourceOf,
  standingFold,
  type FoldOptions,
  type Held,
} from "./hold-fold";
import { heedLost, lostCertificate } from "./lost-certificate";
import type { Source } from "./read-evidence";
import { stepDown } from "./step-down";

const pagesAtOnce = 10;

export type Folded = {
  folded: number;
  /** There is nothing more to count now. */
  ended: boolean;
  steppedDown: boolean;
};
const nothing: Folded = { folded: 0, ended: true, steppedDown: false };

/**
 * Counts what has come in of one contract's certification period, as far as labels have; from the beginning where a label
 * has changed since. An alarm takes the autonomy back in the same transaction. Of many workers one does it at a time.
 */
export async function foldEpoch(
  ctx: Context,
  contractId: string,
  options: FoldOptions = {},
): Promise<Folded> {
  authorize(ctx, "system.run");
  return (await foldFew(ctx, contractId, options)) ?? foldMany(ctx, contractId, options);
}

/** What came in since a moment ago, in two statements and without a lock; null where it is not that simple. */
async function foldFew(ctx: Context, contractId: string, options: FoldOptions): Promise<Folded | null> {
  const held = await readHeld(ctx, contractId, options);
  const terms = held && foldTermsOf(held.contract.terms, held.epoch);
  if (!held || !terms) return nothing;
  if (held.epoch.stale !== null) return null;
  const { state, cursor } = standingFold(held.epoch, terms);
  const source = sourceOf(held, options);
  const computed = foldNewest(held.newest, { source, terms, state }, cursor);
  if (computed === null || state.alarm !== null) return null;
  if (computed.cursor === cursor) return nothing;
  if (!(await keepFold(ctx, held, { state, cursor: computed.cursor, commit: "lazily" }))) return nothing;
  return { folded: computed.folded, ended: computed.ended, steppedDown: false };
}

function foldMany(ctx: Context, contractId: string, options: FoldOptions): Promise<Folded> {
  return inTransaction(ctx, async (ctx) => {
    const held = await holdFold(ctx, contractId);
    const terms = held && foldTermsOf(held.contract.terms, held.epoch);
    if (!held || !terms) return nothing;
    const source = sourceOf(held, options);
    const from =
      held.epoch.stale === null ? standingFold(held.epoch, terms) : await anew(ctx, held, { source, terms });
    const range = { after: from.cursor, upTo: null };
    const { cursor, ...rest } = await computeFold(
      ctx.db,
      { source, terms, state: from.state, pages: pagesAtOnce },
      range,
    );
    if (held.epoch.stale === null && cursor === from.cursor) return nothing;
    const kept = await keepAndHeed(ctx, held, { terms, state: from.state, cursor });
    return kept === null ? nothing : { ...rest, ...kept };
  });
}

/** The fold computed again from the log, up to where the stored one stands. */
export async function anew(
  ctx: Context,
  { epoch }: Held,
  { source, terms }: { source: Source; terms: FoldTerms },
): Promise<{ state: Fold; cursor: string }> {
  const state = newFold(terms, epoch.deployments);
  const after = epoch.evidenceAfter ?? "";
  if (epoch.cursor === null) return { state, cursor: after };
  const { cursor } = await computeFold(ctx.db, { source, terms, state }, { after, upTo: epoch.cursor });
  return { state, cursor };
}

/** Stores a fold and does what it calls for; null, and nothing is done, where it was overtaken. */
export async function keepAndHeed(
  ctx: Context,
  held: Held,
  { terms, state, cursor }: { terms: FoldTerms; state: Fold; cursor: string },
): Promise<{ steppedDown: boolean } | null> {
  const lost = state.alarm === null ? lostCertificate(held, terms, state) : null;
  const commit = lost === null ? "now" : "with_contract";
  if (!(await keepFold(ctx, held, { state, cursor, commit }))) return null;
  if (lost) await heedLost(ctx, held.contract.id, lost);
  const steppedDown = (await heed(ctx, held, state)) || lost?.stricter === null;
  return { steppedDown };
}

/** Takes the autonomy back where an alarm has sounded. */
async function heed(ctx: Context, { contract }: Held, state: Fold): Promise<boolean> {
  if (state.alarm === null) return false;
  const { alarm, audited, auditedWrong } = state;
  await stepDown(ctx, {
    contractId: contract.id,
    cause: alarm.kind,
    why: alarmSentence(state),
    evidence: { at: alarm.at, audited, audited_wrong: auditedWrong },
  });
  return true;
}
