import { Refusal, type Order, type PaymentMethod, type Shop, type User } from "./types";

/** To whole cents, so that balances do not gather binary dust. */
export function toCents(amount: number): number {
  return Number(amount.toFixed(2));
}

/** The order's owner. */
export function ownerOf(shop: Shop, order: Order): User {
  const user = shop.users.get(order.user_id);
  if (!user) throw new Refusal("not_found", "user not found");
  return user;
}

/** One of the owner's payment methods. */
export function methodOf(user: User, id: string): PaymentMethod {
  const method = Object.hasOwn(user.payment_methods, id) ? user.payment_methods[id] : undefined;
  if (!method) throw new Refusal("refused", "payment method not found");
  return method;
}

/** Refuses a gift card that does not hold `amount`; other methods are charged elsewhere. */
export function requireBalance(method: PaymentMethod, amount: number, purpose: string): void {
  if (method.source !== "gift_card" || (method.balance ?? 0) >= amount) return;
  throw new Refusal("refused", `insufficient gift card balance to pay for the ${purpose}`);
}

/** The owner's payment methods after these amounts were put on their gift cards; undefined when none is one. */
export function withCredits(
  user: User,
  credits: { methodId: string; amount: number }[],
): User["payment_methods"] | undefined {
  const methods = { ...user.payment_methods };
  let changed: User["payment_methods"] | undefined;
  for (const { methodId, amount } of credits) {
    const method = methods[methodId];
    if (method?.source !== "gift_card") continue;
    methods[methodId] = { ...method, balance: toCents((method.balance ?? 0) + amount) };
    changed = methods;
  }
  return changed;
}
