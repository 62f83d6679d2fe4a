import { type BillingError, invalid, missing } from "./errors";
import { formatMoney } from "./money";
import type { Change, ChargeBalance, Ledger, Metadata, Refund, RefundReason, Stamp } from "./types";

type RefundRequest = {
  /** The charge to refund; without it the invoice's only refundable charge is meant. */
  charge?: string;
  /** Minor units; without it everything the charge still holds. */
  amount?: number;
  currency?: string;
  reason?: RefundReason;
  metadata: Metadata;
};

/** The ledger after a refund. Throws BillingError when the charge is unknown, spent, or holds less than asked. */
export function planRefund(ledger: Ledger, request: RefundRequest, stamp: Stamp): Change {
  const { invoice } = ledger;
  const [chargeId, balance] = pickCharge(ledger, request.charge);
  if (request.currency && request.currency !== invoice.currency) {
    throw invalid(
      "currency_mismatch",
      `The charge is in ${invoice.currency}, not ${request.currency}.`,
      "currency",
    );
  }
  const left = balance.amount - balance.amount_refunded;
  if (left <= 0) throw alreadyRefunded(chargeId);
  const amount = request.amount ?? left;
  if (amount > left) throw overRefund(amount, left, invoice.currency);
  return {
    ledger: {
      invoice: { ...invoice, amount_refunded: invoice.amount_refunded + amount },
      charges: {
        ...ledger.charges,
        [chargeId]: { ...balance, amount_refunded: balance.amount_refunded + amount },
      },
    },
    record: refundRecord(ledger, chargeId, amount, request, stamp),
    eventType: "refund.created",
  };
}

function refundRecord(
  { invoice }: Ledger,
  charge: string,
  amount: number,
  request: RefundRequest,
  stamp: Stamp,
): Refund {
  return {
    id: `re_${stamp.suffix}`,
    object: "refund",
    amount,
    balance_transaction: `txn_${stamp.suffix}`,
    charge,
    created: stamp.at,
    currency: invoice.currency,
    customer: invoice.customer,
    invoice: invoice.number,
    metadata: request.metadata,
    reason: request.reason ?? null,
    receipt_number: null,
    status: "succeeded",
  };
}

function pickCharge({ invoice, charges }: Ledger, named: string | undefined): [string, ChargeBalance] {
  if (named) {
    const balance = Object.hasOwn(charges, named) ? charges[named] : undefined;
    if (!balance) throw missing("charge", named, "charge");
    return [named, balance];
  }
  const all = Object.entries(charges);
  const refundable = all.filter(([, { amount, amount_refunded }]) => amount > amount_refunded);
  if (refundable.length > 1) {
    throw invalid(
      "parameter_missing",
      `Invoice ${invoice.number} has ${refundable.length} refundable charges: name one in 'charge'.`,
      "charge",
    );
  }
  const only = refundable[0] ?? all[0];
  if (!only)
    throw invalid("invoice_not_charged", `Invoice ${invoice.number} has no charge to refund.`, "invoice");
  return only;
}

function alreadyRefunded(charge: string): BillingError {
  return invalid("charge_already_refunded", `Charge ${charge} has already been refunded.`, "charge");
}

function overRefund(amount: number, left: number, currency: string): BillingError {
  const asked = formatMoney(amount, currency);
  const held = formatMoney(left, currency);
  return invalid(
    "amount_too_large",
    `Refund amount (${asked}) is greater than unrefunded amount on charge (${held})`,
    "amount",
  );
}
