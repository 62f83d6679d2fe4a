import { createTransport, type SendMailOptions } from "nodemailer";
import { formatMoney } from "../domain/money";
import type { BillingEvent, Transaction } from "../domain/types";
import { readHead } from "../store/settle";
import type { Table } from "../store/table";
import type { Sink } from "./consumer";
import { appendTo, readTail } from "./files";

const from = "Billing <billing@billing.example>";

/** E-mails the customer about each charge and refund, as a message appended to an mbox file. */
export async function mailFileSink(table: Table, file: string): Promise<Sink> {
  const before = await readTail(file);
  const composer = createTransport({ streamTransport: true, buffer: true, newline: "unix" });
  return mailSink(table, async (id, mail) => {
    if (before.includes(`<${id}@`)) return;
    const { message } = await composer.sendMail(mail);
    if (!Buffer.isBuffer(message)) throw new Error("the composer was asked for a buffer");
    await appendTo(file, mboxEntry(mail, message.toString("utf8")));
  });
}

/** The same over SMTP; a receiver may drop a repeated message by its Message-ID, which is the event's id. */
export function smtpSink(table: Table, url: string): Sink {
  const transport = createTransport(url);
  return mailSink(table, async (id, mail) => {
    try {
      await transport.sendMail(mail);
    } catch (error) {
      // A 5xx is final: trying again would hold up everybody else's mail.
      if (!isFinal(error)) throw error;
      process.emitWarning(`billing: the mail for ${id} was refused: ${String(error)}`);
    }
  });
}

function mailSink(table: Table, send: (id: string, mail: SendMailOptions) => Promise<void>): Sink {
  return {
    name: "mail",
    deliver: async ({ event }) => {
      const { object } = event.data;
      if (object.object === "comment") return;
      const head = await readHead(table, object.invoice);
      if (head) await send(event.id, mailFor(event, object, head.ledger.invoice.customer_email));
    },
  };
}

function mailFor(event: BillingEvent, transaction: Transaction, to: string): SendMailOptions {
  const amount = formatMoney(transaction.amount, transaction.currency);
  const isRefund = transaction.object === "refund";
  const opening = isRefund
    ? `We have refunded ${amount} on invoice ${transaction.invoice}.`
    : `We have received ${amount} for invoice ${transaction.invoice}.`;
  return {
    from,
    to,
    date: new Date(event.created * 1000),
    subject: `${isRefund ? "Refund" : "Receipt"} of ${amount}, invoice ${transaction.invoice}`,
    messageId: `<${event.id}@billing.example>`,
    text: `${opening}\n\nReference: ${transaction.id}\n`,
  };
}

// mbox: a "From " line starts each message, so one inside is quoted.
function mboxEntry({ date }: SendMailOptions, message: string): string {
  const stamp = new Date(date ?? 0).toUTCString();
  return `From billing@billing.example ${stamp}\n${message.replace(/^(>*From )/gm, ">$1").trimEnd()}\n\n`;
}

function isFinal(error: unknown): boolean {
  const code = error instanceof Error && "responseCode" in error ? error.responseCode : undefined;
  return typeof code === "number" && code >= 500;
}
