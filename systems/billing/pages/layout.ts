import { formatMoney } from "../domain/money";
import type { Invoice } from "../domain/types";
import { type Html, html } from "./html";

/** A whole document around a page's main part. */
export function layout(title: string, main: Html): string {
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${title} · Billing</title>
        <link rel="stylesheet" href="/style.css" />
        <link rel="icon" href="/icon.svg" type="image/svg+xml" />
      </head>
      <body>
        <a class="skip" href="#main">Skip to content</a>
        <header class="top">
          <div><a href="/">Billing</a><span>reference enterprise system</span></div>
        </header>
        <main id="main">${main}</main>
        <footer>
          A stand-in for a company's billing system, with a store and an API of its own. No money moves here.
        </footer>
      </body>
    </html>`.text;
}

export function money(minor: number, currency: string): string {
  return formatMoney(minor, currency);
}

const dates = new Intl.DateTimeFormat("en-GB", { dateStyle: "medium", timeZone: "UTC" });
const times = new Intl.DateTimeFormat("en-GB", { dateStyle: "medium", timeStyle: "short", timeZone: "UTC" });

/** A day in UTC, of Unix seconds. */
export function day(seconds: number): Html {
  const date = new Date(seconds * 1000);
  return html`<time datetime="${date.toISOString()}">${dates.format(date)}</time>`;
}

/** A minute in UTC, of Unix seconds. */
export function minute(seconds: number): Html {
  const date = new Date(seconds * 1000);
  return html`<time datetime="${date.toISOString()}">${times.format(date)} UTC</time>`;
}

/** Paid, open, and how far refunded, in a word. */
export function statusTag(invoice: Invoice): Html {
  if (invoice.amount_refunded > 0 && invoice.amount_refunded >= invoice.amount_paid) {
    return html`<span class="tag warn">refunded</span>`;
  }
  if (invoice.amount_refunded > 0) return html`<span class="tag warn">partly refunded</span>`;
  return invoice.status === "paid"
    ? html`<span class="tag">paid</span>`
    : html`<span class="tag warn">open</span>`;
}
