import type { Comment, Invoice, Transaction } from "../domain/types";
import { html, type Html } from "./html";
import { day, layout, minute, money, statusTag } from "./layout";

export type InvoiceView = {
  invoice: Invoice;
  transactions: Transaction[];
  comments: Comment[];
  /** Makes a form sent twice one comment. */
  nonce: string;
  draft?: { author: string; text: string; error: string };
};

/** One invoice: figures, lines, transactions, comments, and the form for a new comment. */
export function invoicePage(view: InvoiceView): string {
  const { invoice } = view;
  return layout(
    invoice.number,
    html`<p><a href="/">All invoices</a></p>
      <div class="head">
        <h1>Invoice ${invoice.number}</h1>
        ${statusTag(invoice)}
      </div>
      <p class="soft">
        ${invoice.customer_name} · ${invoice.customer_email} · issued ${day(invoice.created)}
      </p>
      ${invoice.metadata.generated ? html`<p class="note">Generated for demonstration.</p>` : undefined}
      ${figures(invoice)}
      <h2>Lines</h2>
      ${lines(invoice)}
      <h2 id="transactions">Transactions</h2>
      ${transactions(view.transactions)}
      <h2 id="comments">Comments</h2>
      ${comments(view.comments)} ${commentForm(view)}`,
  );
}

function figures({ total, amount_paid, amount_refunded, amount_remaining, currency }: Invoice): Html {
  const facts: [string, number][] = [
    ["Total", total],
    ["Paid", amount_paid],
    ["Refunded", amount_refunded],
    ["Remaining", amount_remaining],
  ];
  return html`<dl class="facts panel">
    ${facts.map(
      ([name, amount]) =>
        html`<div>
          <dt>${name}</dt>
          <dd>${money(amount, currency)}</dd>
        </div>`,
    )}
  </dl>`;
}

function lines(invoice: Invoice): Html {
  return html`<div class="panel">
    <table>
      <thead>
        <tr>
          <th scope="col">Description</th>
          <th scope="col" class="amount">Quantity</th>
          <th scope="col" class="amount">Amount</th>
        </tr>
      </thead>
      <tbody>
        ${invoice.lines.map(
          (line) =>
            html`<tr>
              <td>${line.description}</td>
              <td class="amount">${line.quantity}</td>
              <td class="amount">${money(line.amount, line.currency)}</td>
            </tr>`,
        )}
      </tbody>
    </table>
  </div>`;
}

function transactions(all: Transaction[]): Html {
  if (all.length === 0) return html`<p class="soft">No charge or refund yet.</p>`;
  return html`<div class="panel">
    <table>
      <thead>
        <tr>
          <th scope="col">Transaction</th>
          <th scope="col" class="wide">When</th>
          <th scope="col" class="amount">Amount</th>
        </tr>
      </thead>
      <tbody>
        ${all.map(transactionRow)}
      </tbody>
    </table>
  </div>`;
}

function transactionRow(transaction: Transaction): Html {
  const isRefund = transaction.object === "refund";
  const reason = isRefund && transaction.reason ? ` · ${transaction.reason.replaceAll("_", " ")}` : "";
  const reference = transaction.metadata.action_key;
  return html`<tr id="${transaction.id}">
    <td>
      ${isRefund ? "Refund" : "Charge"}${reason}<br /><span class="id">${transaction.id}</span>
      ${reference ? html`<br /><span class="id">action ${reference}</span>` : undefined}
    </td>
    <td class="wide">${minute(transaction.created)}</td>
    <td class="amount">
      ${money(isRefund ? -transaction.amount : transaction.amount, transaction.currency)}
    </td>
  </tr>`;
}

function comments(all: Comment[]): Html {
  if (all.length === 0) return html`<p class="soft">No comments yet.</p>`;
  return html`<ol class="comments">
    ${all.map(
      ({ id, author, created, text }) =>
        html`<li class="panel" id="${id}">
          <strong>${author}</strong> <span class="soft">${minute(created)}</span>
          <p>${text}</p>
        </li>`,
    )}
  </ol>`;
}

function commentForm({ invoice, nonce, draft }: InvoiceView): Html {
  return html`<form
    class="comment panel"
    method="post"
    action="/invoices/${encodeURIComponent(invoice.number)}/comments"
    aria-labelledby="add-comment"
  >
    <strong id="add-comment">Add a comment</strong>
    ${draft ? html`<p class="error" role="alert">${draft.error}</p>` : undefined}
    <input type="hidden" name="nonce" value="${nonce}" />
    <div class="short">
      <label for="author">Your name</label>
      <input
        id="author"
        name="author"
        required
        maxlength="120"
        autocomplete="name"
        value="${draft?.author}"
      />
    </div>
    <div>
      <label for="text">Comment</label>
      <textarea id="text" name="text" required maxlength="5000">${draft?.text}</textarea>
    </div>
    <button>Add comment</button>
  </form>`;
}
