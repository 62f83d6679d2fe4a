import { z } from "zod";
import { priceDifference, requireHeld } from "./items";
import { methodOf, ownerOf, requireBalance, toCents } from "./money";
import { AddressFields, ItemIds, OrderId, orderIn } from "./pending";
import { Refusal, type Plan, type Shop } from "./types";

const MethodId = z.string().max(500);
export const ExchangeItems = z.strictObject({
  order_id: OrderId,
  item_ids: ItemIds,
  new_item_ids: ItemIds,
  payment_method_id: MethodId,
});
export const ReturnItems = z.strictObject({
  order_id: OrderId,
  item_ids: ItemIds,
  payment_method_id: MethodId,
});
export const ChangeUserAddress = z.strictObject({ user_id: z.string().min(1).max(100), ...AddressFields });

/** Asks for an exchange, once: nothing is charged before the goods are back. */
export function exchangeItems(shop: Shop, input: z.output<typeof ExchangeItems>): Plan {
  const order = orderIn(shop, input.order_id, "delivered", "non-delivered order cannot be exchanged");
  const difference = toCents(priceDifference(shop, order, input));
  const method = methodOf(ownerOf(shop, order), input.payment_method_id);
  requireBalance(method, difference, "price difference");
  const set = {
    status: "exchange requested",
    exchange_items: input.item_ids.toSorted(),
    exchange_new_items: input.new_item_ids.toSorted(),
    exchange_payment_method_id: input.payment_method_id,
    exchange_price_difference: difference,
  };
  return { order: { id: input.order_id, set } };
}

/** Asks for a return; the refund goes back where the payment came from, or to a gift card. */
export function returnItems(shop: Shop, input: z.output<typeof ReturnItems>): Plan {
  const order = orderIn(shop, input.order_id, "delivered", "non-delivered order cannot be returned");
  const method = methodOf(ownerOf(shop, order), input.payment_method_id);
  const isOriginal = order.payment_history[0]?.payment_method_id === input.payment_method_id;
  if (method.source !== "gift_card" && !isOriginal) {
    throw new Refusal(
      "refused",
      "payment method should be either the original payment method or a gift card",
    );
  }
  requireHeld(order, input.item_ids, () => "some item not found");
  const set = {
    status: "return requested",
    return_items: input.item_ids.toSorted(),
    return_payment_method_id: input.payment_method_id,
  };
  return { order: { id: input.order_id, set } };
}

export function changeUserAddress(
  shop: Shop,
  { user_id, ...address }: z.output<typeof ChangeUserAddress>,
): Plan {
  if (!shop.users.has(user_id)) throw new Refusal("not_found", "user not found");
  return { user: { id: user_id, set: { address } } };
}
