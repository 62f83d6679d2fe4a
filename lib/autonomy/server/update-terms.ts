import { findType, requireVersion } from "@/lib/apps/server/find";
import { DomainError } from "@/lib/kernel/errors";
import { authorize } from "@/lib/server/authorize";
import { inTransaction, type Context } from "@/lib/server/context";
import type { UpdateTerms } from "../contracts";
import { compareTerms, wireKeyOf } from "../terms";
import type { ContractView } from "../views";
import { termWords } from "../words";
import { askedTerms } from "./asked-terms";
import { lockLiveContract } from "./contract-rows";
import { lapseProposals } from "./lapse-proposals";
import { readContract } from "./read-contracts";
import { putTerms } from "./put-terms";
import { tellChange } from "./tell-change";

/**
 * Tightens the terms of a contract, alone. What changes the promise begins a new certification period at once. Throws
 * `needs_two` for anything looser, `stale_version`, `not_found`, `validation_failed`.
 */
export async function updateTerms(ctx: Context, input: UpdateTerms): Promise<ContractView> {
  authorize(ctx, "contracts.write");
  return inTransaction(ctx, async (ctx) => {
    const contract = await lockLiveContract(ctx, input.contract);
    requireVersion("contract", input.version, contract.version);
    const terms = askedTerms(contract.terms, input.terms, contract.amountTo);
    const { looser, changed } = compareTerms(contract.terms, terms);
    if (looser.length > 0) return refuse(looser);
    if (changed.length === 0) return readContract(ctx, contract.id);
    const { currency } = await findType(ctx, contract.typeId);
    await lapseProposals(ctx, contract.id);
    const { beginsEpoch } = await putTerms(ctx, contract, { terms, currency, reason: input.reason });
    const view = await readContract(ctx, contract.id);
    await tellChange(ctx, contract, {
      event: "contract.changed",
      did: "terms",
      why: beginsEpoch ? view.epoch.why : undefined,
      data: { changed: changed.map(wireKeyOf), epoch: view.epoch.id, version: view.version },
    });
    return view;
  });
}

function refuse(looser: ReturnType<typeof compareTerms>["looser"]): never {
  const names = looser.map((key) => termWords[key].name.toLowerCase()).join(", ");
  throw new DomainError("conflict", `Looser terms take two admins (${names}): propose them.`, {
    code: "needs_two",
    errors: looser.map((key) => ({
      pointer: `/terms/${wireKeyOf(key)}`,
      code: "looser",
      message: "is looser than before",
      fix: "Propose it; another admin signs.",
    })),
  });
}
