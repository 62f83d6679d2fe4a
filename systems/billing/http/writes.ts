import { createHash } from "node:crypto";
import { invalid, missing } from "../domain/errors";
import { oneOffNumber } from "../domain/ids";
import { planCharge, planOneOffCharge, type ChargeRequest } from "../domain/plan-charge";
import { planComment } from "../domain/plan-comment";
import { planRefund } from "../domain/plan-refund";
import type { Customer } from "../domain/types";
import { execute, type Executed, type Store, type Write } from "../store/execute";
import { getCustomer, invoiceOfCharge, numberOf } from "../store/read";
import type { Tree } from "./parse";
import { CreateCharge, CreateComment, CreateRefund, parseParameters } from "./schema";

/** Who asks, under which key: what a write's record of itself needs beside its parameters. */
export type Caller = { requestId: string; key: string; keySent: boolean; path: string };

export async function createRefund(store: Store, caller: Caller, parameters: Tree): Promise<Executed> {
  const request = parseParameters(CreateRefund, parameters);
  const { charge, invoice } = request;
  if (!charge && !invoice)
    throw invalid("parameter_missing", "Missing required param: charge or invoice.", "charge");
  return execute(store, {
    ...identity(caller, request),
    find: async () => {
      const number = charge ? await invoiceOfCharge(store.table, charge) : undefined;
      const named = invoice ? await numberOf(store.table, invoice, "invoice") : undefined;
      if (number && named && number !== named) throw missing("charge", charge ?? "", "charge");
      return number ?? named ?? "";
    },
    plan: (ledger, stamp, number) => {
      if (!ledger) throw missing("invoice", number, "invoice");
      return planRefund(ledger, request, stamp);
    },
  });
}

export async function createCharge(store: Store, caller: Caller, parameters: Tree): Promise<Executed> {
  const request = parseParameters(CreateCharge, parameters);
  if (request.invoice && request.customer) {
    throw invalid("parameter_invalid", "Name an invoice or a customer, not both.", "customer");
  }
  if (request.invoice) return chargeInvoice(store, caller, request, request.invoice);
  if (!request.customer)
    throw invalid("parameter_missing", "Missing required param: invoice or customer.", "invoice");
  return chargeCustomer(store, caller, request, request.customer);
}

function chargeInvoice(
  store: Store,
  caller: Caller,
  request: ChargeRequest,
  invoice: string,
): Promise<Executed> {
  return execute(store, {
    ...identity(caller, request),
    find: () => numberOf(store.table, invoice, "invoice"),
    plan: (ledger, stamp, number) => {
      if (!ledger) throw missing("invoice", number, "invoice");
      return planCharge(ledger, request, stamp);
    },
  });
}

function chargeCustomer(store: Store, caller: Caller, request: ChargeRequest, id: string): Promise<Executed> {
  const { amount, currency } = request;
  if (amount === undefined) throw invalid("parameter_missing", "Missing required param: amount.", "amount");
  if (currency === undefined)
    throw invalid("parameter_missing", "Missing required param: currency.", "currency");
  let customer: Customer | undefined;
  return execute(store, {
    ...identity(caller, request),
    find: async () => {
      customer = await getCustomer(store.table, id, "customer");
      return oneOffNumber(caller.key);
    },
    plan: (ledger, stamp, number) => {
      if (ledger || !customer) throw new Error(`one-off invoice ${number} belongs to another key`);
      return planOneOffCharge(customer, number, { ...request, amount, currency }, stamp);
    },
  });
}

export async function createComment(
  store: Store,
  caller: Caller,
  parameters: Tree,
  invoice: string,
): Promise<Executed> {
  const request = parseParameters(CreateComment, parameters);
  return execute(store, {
    ...identity(caller, request),
    find: () => numberOf(store.table, invoice),
    plan: (ledger, stamp, number) => {
      if (!ledger) throw missing("invoice", number);
      return planComment(ledger, request, stamp);
    },
  });
}

// Over the parsed parameters, so that a form's "100" and JSON's 100 are the same request.
function identity({ path, ...caller }: Caller, request: object): Omit<Write, "find" | "plan"> {
  return {
    ...caller,
    fingerprint: createHash("sha256")
      .update(`POST ${path}\n${sorted(request)}`)
      .digest("hex"),
  };
}

function sorted(value: unknown): string {
  return JSON.stringify(value, (_key, part: unknown) =>
    typeof part === "object" && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  );
}
