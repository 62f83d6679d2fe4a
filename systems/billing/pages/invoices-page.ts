import type { Invoice } from "../domain/types";
import type { Page } from "../store/read";
import { html, type Html } from "./html";
import { day, layout, money, statusTag } from "./layout";

type InvoicesView = Page<Invoice> & { query: string; after?: string };

/** The list of invoices, newest first, or the one a search by number found. */
export function invoicesPage({ data, has_more, query, after }: InvoicesView): string {
  const last = data.at(-1);
  return layout(
    "Invoices",
    html`<h1>Invoices</h1>
      ${data.some(({ metadata }) => metadata.generated) ? note : undefined}
      <form class="search" role="search" action="/" method="get">
        <div>
          <label for="q">Invoice number</label>
          <input id="q" name="q" type="search" value="${query}" placeholder="INV-0042" autocomplete="off" />
        </div>
        <button>Find</button>
      </form>
      ${data.length > 0 ? table(data) : none(query)}
      <nav class="pages" aria-label="Pages">
        <span>${after || query ? html`<a href="/">Newest</a>` : undefined}</span>
        <span>${has_more && last ? html`<a href="/?after=${last.id}">Older</a>` : undefined}</span>
      </nav>`,
  );
}

const note = html`<p class="note">
  Generated for demonstration: these customers and invoices were made up by the project.
</p>`;

function table(invoices: Invoice[]): Html {
  return html`<div class="panel">
    <table>
      <thead>
        <tr>
          <th scope="col">Number</th>
          <th scope="col" class="wide">Customer</th>
          <th scope="col" class="wide">Issued</th>
          <th scope="col">Status</th>
          <th scope="col" class="amount">Total</th>
        </tr>
      </thead>
      <tbody>
        ${invoices.map(
          (invoice) =>
            html`<tr>
              <th scope="row">
                <a href="/invoices/${encodeURIComponent(invoice.number)}">${invoice.number}</a>
              </th>
              <td class="wide">${invoice.customer_name}</td>
              <td class="wide">${day(invoice.created)}</td>
              <td>${statusTag(invoice)}</td>
              <td class="amount">${money(invoice.total, invoice.currency)}</td>
            </tr>`,
        )}
      </tbody>
    </table>
  </div>`;
}

function none(query: string): Html {
  return query
    ? html`<p role="status">No invoice has the number “${query}”. Numbers look like INV-0042.</p>`
    : html`<p role="status">No invoices yet.</p>`;
}
