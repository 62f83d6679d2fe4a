import type { z } from "zod";
import * as delivered from "./delivered";
import * as pending from "./pending";
import { Refusal, type Plan, type Shop } from "./types";

type Action = (shop: Shop, given: unknown) => Plan;

/** Every action of the shop by the name its callers use. Each answers what would change, or throws a Refusal. */
const actions = new Map<string, Action>([
  ["cancel_pending_order", typed(pending.CancelOrder, pending.cancelOrder)],
  ["modify_pending_order_address", typed(pending.ChangeAddress, pending.changeOrderAddress)],
  ["modify_pending_order_items", typed(pending.ChangeItems, pending.changeOrderItems)],
  ["modify_pending_order_payment", typed(pending.ChangePayment, pending.changeOrderPayment)],
  ["exchange_delivered_order_items", typed(delivered.ExchangeItems, delivered.exchangeItems)],
  ["return_delivered_order_items", typed(delivered.ReturnItems, delivered.returnItems)],
  ["modify_user_address", typed(delivered.ChangeUserAddress, delivered.changeUserAddress)],
]);

/** What an action would change. Throws a Refusal when the shop's rules forbid it. */
export function planAction(shop: Shop, name: string, given: unknown): Plan {
  const action = actions.get(name);
  if (!action) throw new Refusal("not_found", `there is no action ${name.slice(0, 100)}`);
  return action(shop, given);
}

function typed<I>(schema: z.ZodType<I>, plan: (shop: Shop, input: I) => Plan): Action {
  return (shop, given) => {
    const parsed = schema.safeParse(given);
    if (parsed.success) return plan(shop, parsed.data);
    const [issue] = parsed.error.issues;
    throw new Refusal("invalid", `${issue?.path.join(".") || "arguments"}: ${issue?.message ?? "invalid"}`);
  };
}
