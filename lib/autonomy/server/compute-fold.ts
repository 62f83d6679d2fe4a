import type { Database } from "@/db/client";
import { fold, type Fold, type FoldTerms } from "../fold";
import { countUndrawn, readEvidence, type Range, type Source } from "./read-evidence";

export type Computed = { cursor: string; folded: number; ended: boolean };

/**
 * Folds a range of a certification period's decisions into `state`, in place, page by page: at most `pages` of them.
 * The same however it is cut.
 */
export async function computeFold(
  db: Database,
  {
    source,
    terms,
    state,
    pages = Infinity,
  }: { source: Source; terms: FoldTerms; state: Fold; pages?: number },
  { after, upTo }: Range,
): Promise<Computed> {
  let cursor = after;
  let folded = 0;
  for (let read = 0; read < pages; read += 1) {
    const page = await readEvidence(db, source, { after: cursor, upTo });
    for (const evidence of page.evidence) fold(state, evidence, terms);
    folded += page.evidence.length;
    cursor = await countUndrawn(db, source, state, { after: cursor, upTo: page.cursor });
    if (page.isOpen) cursor = await countUndrawn(db, source, state, { after: cursor, upTo: null });
    if (page.ended) return { cursor, folded, ended: true };
  }
  return { cursor, folded, ended: false };
}
