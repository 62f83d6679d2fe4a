import { z } from "zod";
import { priceDifference, swapped } from "./items";
import { methodOf, ownerOf, requireBalance, withCredits } from "./money";
import { Refusal, type Order, type Payment, type Plan, type Shop, type User } from "./types";

const Text = z.string().max(500);
export const OrderId = z.string().min(1).max(100);
export const ItemIds = z.array(z.string().max(100)).max(1000);
export const AddressFields = {
  address1: Text,
  address2: Text,
  city: Text,
  state: Text,
  country: Text,
  zip: Text,
};

export const CancelOrder = z.strictObject({ order_id: OrderId, reason: z.string().max(200) });
export const ChangeAddress = z.strictObject({ order_id: OrderId, ...AddressFields });
export const ChangeItems = z.strictObject({
  order_id: OrderId,
  item_ids: ItemIds,
  new_item_ids: ItemIds,
  payment_method_id: Text,
});
export const ChangePayment = z.strictObject({ order_id: OrderId, payment_method_id: Text });

const reasons = ["no longer needed", "ordered by mistake"];

/** An order; throws when there is none, or it is not `status`. */
export function orderIn(shop: Shop, id: string, status: string, sentence: string): Order {
  const order = shop.orders.get(id);
  if (!order) throw new Refusal("not_found", "order not found");
  if (order.status !== status) throw new Refusal("refused", sentence);
  return order;
}

/** The user's side of a plan, when their payment methods changed. */
function userPlan(id: string, methods: User["payment_methods"] | undefined): Plan {
  return methods ? { user: { id, set: { payment_methods: methods } } } : {};
}

/** Cancels: every payment is refunded, at once where it came from a gift card. */
export function cancelOrder(shop: Shop, { order_id, reason }: z.output<typeof CancelOrder>): Plan {
  const order = orderIn(shop, order_id, "pending", "non-pending order cannot be cancelled");
  if (!reasons.includes(reason)) throw new Refusal("refused", "invalid reason");
  const refunds = order.payment_history.map((payment): Payment => ({
    transaction_type: "refund",
    amount: payment.amount,
    payment_method_id: payment.payment_method_id,
  }));
  const credits = refunds.map(({ payment_method_id: methodId, amount }) => ({ methodId, amount }));
  const history = [...order.payment_history, ...refunds];
  return {
    order: { id: order_id, set: { status: "cancelled", cancel_reason: reason, payment_history: history } },
    ...userPlan(order.user_id, withCredits(ownerOf(shop, order), credits)),
  };
}

export function changeOrderAddress(
  shop: Shop,
  { order_id, ...address }: z.output<typeof ChangeAddress>,
): Plan {
  orderIn(shop, order_id, "pending", "non-pending order cannot be modified");
  return { order: { id: order_id, set: { address } } };
}

/** Swaps items once; the difference is paid or given back at once, and the order cannot be changed again. */
export function changeOrderItems(shop: Shop, input: z.output<typeof ChangeItems>): Plan {
  const order = orderIn(shop, input.order_id, "pending", "non-pending order cannot be modified");
  const difference = priceDifference(shop, order, input);
  const owner = ownerOf(shop, order);
  const { id: methodId, ...method } = methodOf(owner, input.payment_method_id);
  requireBalance({ id: methodId, ...method }, difference, "new item");
  const payment: Payment = {
    transaction_type: difference > 0 ? "payment" : "refund",
    amount: Math.abs(difference),
    payment_method_id: input.payment_method_id,
  };
  const set = {
    items: swapped(shop, order, input),
    payment_history: [...order.payment_history, payment],
    status: "pending (item modified)",
  };
  const credits = [{ methodId: input.payment_method_id, amount: -difference }];
  return {
    order: { id: input.order_id, set },
    ...userPlan(order.user_id, withCredits(owner, credits)),
  };
}

/** Pays with another method: the new one is charged, the first one refunded. */
export function changeOrderPayment(shop: Shop, input: z.output<typeof ChangePayment>): Plan {
  const order = orderIn(shop, input.order_id, "pending", "non-pending order cannot be modified");
  const owner = ownerOf(shop, order);
  const method = methodOf(owner, input.payment_method_id);
  const [first, ...others] = order.payment_history;
  if (!first || others.length > 0 || first.transaction_type !== "payment") {
    throw new Refusal("refused", "there should be exactly one payment for a pending order");
  }
  if (first.payment_method_id === input.payment_method_id) {
    throw new Refusal("refused", "the new payment method should be different from the current one");
  }
  const { amount } = first;
  requireBalance(method, amount, "order");
  const history: Payment[] = [
    first,
    { transaction_type: "payment", amount, payment_method_id: input.payment_method_id },
    { transaction_type: "refund", amount, payment_method_id: first.payment_method_id },
  ];
  const credits = [
    { methodId: input.payment_method_id, amount: -amount },
    { methodId: first.payment_method_id, amount },
  ];
  return {
    order: { id: input.order_id, set: { payment_history: history } },
    ...userPlan(order.user_id, withCredits(owner, credits)),
  };
}
