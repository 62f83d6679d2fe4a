/** The shop's records, as the folder that is given at the start holds them. Money is in whole currency units. */
export type Address = {
  address1: string;
  address2: string;
  city: string;
  state: string;
  country: string;
  zip: string;
};

export type OrderItem = {
  name: string;
  product_id: string;
  item_id: string;
  price: number;
  options: Record<string, string>;
};

export type Payment = { transaction_type: "payment" | "refund"; amount: number; payment_method_id: string };

export type Order = {
  order_id: string;
  user_id: string;
  status: string;
  address: Address;
  items: OrderItem[];
  payment_history: Payment[];
  cancel_reason?: string;
  exchange_items?: string[];
  exchange_new_items?: string[];
  exchange_payment_method_id?: string;
  exchange_price_difference?: number;
  return_items?: string[];
  return_payment_method_id?: string;
};

export type PaymentMethod = { source: string; id: string; balance?: number };

export type User = { address: Address; email: string; payment_methods: Record<string, PaymentMethod> };

export type Variant = {
  item_id: string;
  options: Record<string, string>;
  available: boolean;
  price: number;
};

export type Product = { name: string; product_id: string; variants: Record<string, Variant> };

/** Everything the shop knows, by id. */
export type Shop = {
  orders: ReadonlyMap<string, Order>;
  users: ReadonlyMap<string, User>;
  products: ReadonlyMap<string, Product>;
};

/** What an action makes of its records: whole fields, by record. Nothing else changes. */
export type Plan = {
  order?: { id: string; set: Partial<Order> };
  user?: { id: string; set: Partial<User> };
};

/** What happened, once. `changes` names each changed field of each record; a field that was not there was null. */
export type Effect = {
  id: string;
  object: "effect";
  /** The caller's own name for the act; the shop keeps it and does not compare it. */
  reference: string | null;
  action: string;
  arguments: Record<string, unknown>;
  changes: Record<string, Record<string, { before: unknown; after: unknown }>>;
  /** RFC 3339, UTC. */
  created: string;
};

/** A rule of the shop that an action would break: nothing happened. */
export class Refusal extends Error {
  override name = "Refusal";
  readonly code: "not_found" | "refused" | "invalid";

  constructor(code: Refusal["code"], sentence: string) {
    super(`Error: ${sentence}`);
    this.code = code;
  }
}
