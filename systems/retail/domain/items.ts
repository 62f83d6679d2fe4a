import { Refusal, type Order, type Shop, type Variant } from "./types";

export type Swap = { item_ids: string[]; new_item_ids: string[] };

/** Refuses items that the order does not hold, or not so many times. */
export function requireHeld(order: Order, itemIds: string[], sentence: (id: string) => string): void {
  const held = order.items.map((item) => item.item_id);
  const count = (list: string[], id: string) => list.filter((other) => other === id).length;
  for (const id of itemIds) {
    if (count(itemIds, id) > count(held, id)) throw new Refusal("refused", sentence(id));
  }
}

/** What the new items cost more than the old ones (less when negative), unrounded; refuses what cannot be swapped. */
export function priceDifference(shop: Shop, order: Order, swap: Swap): number {
  requireHeld(order, swap.item_ids, (id) => `${id} not found`);
  if (swap.item_ids.length !== swap.new_item_ids.length) {
    throw new Refusal("refused", "the number of items to be exchanged should match");
  }
  return pairsOf(swap).reduce((sum, [old, next]) => {
    const item = order.items.find(({ item_id }) => item_id === old);
    return item ? sum + (variantOf(shop, item.product_id, next).price - item.price) : sum;
  }, 0);
}

/** The order's items with each old one replaced by its new one. */
export function swapped(shop: Shop, order: Order, swap: Swap): Order["items"] {
  const items = [...order.items];
  for (const [old, next] of pairsOf(swap)) {
    const at = items.findIndex(({ item_id }) => item_id === old);
    const item = items[at];
    if (!item) continue;
    const { price, options } = variantOf(shop, item.product_id, next);
    items[at] = { ...item, item_id: next, price, options };
  }
  return items;
}

function pairsOf({ item_ids, new_item_ids }: Swap): [string, string][] {
  return item_ids.map((id, at) => [id, new_item_ids[at] ?? ""]);
}

/** A new item must be of the same product, and in stock. */
function variantOf(shop: Shop, productId: string, itemId: string): Variant {
  const variants = shop.products.get(productId)?.variants ?? {};
  const variant = Object.hasOwn(variants, itemId) ? variants[itemId] : undefined;
  if (!variant?.available) throw new Refusal("refused", `new item ${itemId} not found or available`);
  return variant;
}
