import { authorize } from "@/lib/server/authorize";
import type { Context } from "@/lib/server/context";
import type { ContractRef } from "../contracts";
import type { ContractView } from "../views";
import { findContract } from "./contract-rows";
import { readContract } from "./read-contracts";

/** A contract with the evidence of its certification period. Throws `not_found`. */
export async function getContract(ctx: Context, { contract }: ContractRef): Promise<ContractView> {
  authorize(ctx, "contracts.read");
  const { id } = await findContract(ctx, contract);
  return readContract(ctx, id);
}
