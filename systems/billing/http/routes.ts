import { BillingError } from "../domain/errors";
import type { Executed, Store } from "../store/execute";
import { getCustomer, getRecord, getTransaction } from "../store/read";
import type { Tree } from "./parse";
import * as reads from "./reads";
import { Nothing, parseParameters } from "./schema";
import { createCharge, createComment, createRefund, type Caller } from "./writes";

type Read = (store: Store, parameters: Tree, id: string) => Promise<unknown>;
type Post = (store: Store, caller: Caller, parameters: Tree, id: string) => Promise<Executed>;
type Route = { path: RegExp; get?: Read; post?: Post };

/** A read of one object takes no parameters: anything sent is refused, not ignored. */
function one(find: (store: Store, id: string) => Promise<unknown>): Read {
  return (store, parameters, id) => {
    parseParameters(Nothing, parameters);
    return find(store, id);
  };
}

const routes: Route[] = [
  { path: /^\/v1\/invoices$/, get: reads.listInvoices },
  { path: /^\/v1\/invoices\/([^/]+)$/, get: one(reads.getInvoice) },
  { path: /^\/v1\/invoices\/([^/]+)\/transactions$/, get: reads.listTransactions },
  { path: /^\/v1\/invoices\/([^/]+)\/comments$/, get: reads.listComments, post: createComment },
  { path: /^\/v1\/comments\/([^/]+)$/, get: one(({ table }, id) => getRecord(table, "comment", id)) },
  { path: /^\/v1\/charges$/, get: reads.listCharges, post: createCharge },
  { path: /^\/v1\/charges\/([^/]+)$/, get: one(({ table }, id) => getRecord(table, "charge", id)) },
  { path: /^\/v1\/refunds$/, get: reads.listRefunds, post: createRefund },
  { path: /^\/v1\/refunds\/([^/]+)$/, get: one(({ table }, id) => getRecord(table, "refund", id)) },
  { path: /^\/v1\/transactions\/([^/]+)$/, get: one(({ table }, id) => getTransaction(table, id)) },
  { path: /^\/v1\/customers$/, get: reads.listCustomers },
  { path: /^\/v1\/customers\/([^/]+)$/, get: one(({ table }, id) => getCustomer(table, id)) },
  { path: /^\/v1\/events$/, get: reads.listEvents },
  { path: /^\/v1\/events\/([^/]+)$/, get: one(reads.getEvent) },
];

type Found = {
  get?: (parameters: Tree) => Promise<unknown>;
  post?: (caller: Caller, parameters: Tree) => Promise<Executed>;
};

/** The handlers of a path under /v1; throws 404 for a path or a method it does not have. */
export function findRoute(store: Store, method: string, pathname: string): Found {
  for (const { path, get, post } of routes) {
    const match = path.exec(pathname);
    if (!match) continue;
    const id = decode(match[1] ?? "");
    if (method === "GET" && get) return { get: (parameters) => get(store, parameters, id) };
    if (method === "POST" && post)
      return { post: (caller, parameters) => post(store, caller, parameters, id) };
  }
  throw new BillingError({
    status: 404,
    type: "invalid_request_error",
    message: `Unrecognized request URL (${method}: ${pathname.slice(0, 200)}).`,
  });
}

function decode(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}
