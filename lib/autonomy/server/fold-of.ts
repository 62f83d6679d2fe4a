import { foldFromJson } from "../fold-json";
import { foldTermsOf } from "../fold-terms";
import { newFold, type Fold, type FoldTerms } from "../fold";
import type { ContractRow, EpochRow } from "./contract-rows";

/** Evidence of a certification period with what it is held against; null while nothing can be tested. */
export function foldOf(
  { terms }: Pick<ContractRow, "terms">,
  epoch: EpochRow,
): { fold: Fold; terms: FoldTerms } | null {
  const foldTerms = foldTermsOf(terms, epoch);
  if (foldTerms === null) return null;
  const fold = epoch.state === null ? newFold(foldTerms, epoch.deployments) : foldFromJson(epoch.state);
  return { fold, terms: foldTerms };
}
