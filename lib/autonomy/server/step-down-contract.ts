import { DomainError } from "@/lib/kernel/errors";
import { authorize } from "@/lib/server/authorize";
import { inTransaction, type Context } from "@/lib/server/context";
import type { WithReason } from "../contracts";
import type { ContractView } from "../views";
import { lockLiveContract } from "./contract-rows";
import { lapseProposals } from "./lapse-proposals";
import { readContract } from "./read-contracts";
import { stepDown } from "./step-down";

/** Takes autonomy back, by one person with a reason. Throws `conflict` where nothing runs alone. */
export async function stepDownContract(ctx: Context, input: WithReason): Promise<ContractView> {
  authorize(ctx, "contracts.step_down");
  return inTransaction(ctx, async (ctx) => {
    const contract = await lockLiveContract(ctx, input.contract);
    if (contract.level !== "auto") {
      throw new DomainError("conflict", "Nothing runs alone under this contract.");
    }
    await lapseProposals(ctx, contract.id);
    await stepDown(ctx, { contractId: contract.id, cause: "by_hand", why: `Stepped down: ${input.reason}` });
    return readContract(ctx, contract.id);
  });
}
