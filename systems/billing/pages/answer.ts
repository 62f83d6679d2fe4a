import { randomUUID } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { BillingError } from "../domain/errors";
import { newId } from "../domain/ids";
import type { ServerOptions } from "../http/api";
import { readParameters } from "../http/parse";
import { parseParameters, ListPage } from "../http/schema";
import { createComment } from "../http/writes";
import { commentsOf, getHead, listInvoices, transactionsOf } from "../store/read";
import { html } from "./html";
import { invoicePage, type InvoiceView } from "./invoice-page";
import { invoicesPage } from "./invoices-page";
import { layout } from "./layout";
import { icon, styleSheet } from "./style";

const policy =
  "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

type Context = { options: ServerOptions; request: IncomingMessage; response: ServerResponse; url: URL };

/** Answers a request for a page: reads need no sign-in, the comment form must come from the page itself. */
export async function answerPage(
  options: ServerOptions,
  request: IncomingMessage,
  response: ServerResponse,
  url: URL,
): Promise<void> {
  const context = { options, request, response, url };
  try {
    await route(context);
  } catch (error) {
    if (!(error instanceof BillingError))
      process.emitWarning(`billing: page ${url.pathname} failed: ${String(error)}`);
    const status = error instanceof BillingError ? error.detail.status : 500;
    const message = error instanceof BillingError ? error.message : "This page could not be made. Try again.";
    if (status === 413) response.setHeader("Connection", "close");
    sendPage(context, status, errorPage(status, message));
  }
}

async function route(context: Context): Promise<void> {
  const { request, url } = context;
  const reads = request.method === "GET" || request.method === "HEAD";
  const invoice = /^\/invoices\/([\w.-]{1,100})(\/comments)?$/.exec(url.pathname);
  if (reads && url.pathname === "/") return showInvoices(context);
  if (reads && url.pathname === "/style.css")
    return send(context, 200, "text/css; charset=utf-8", styleSheet);
  if (reads && url.pathname === "/icon.svg") return send(context, 200, "image/svg+xml", icon);
  if (reads && invoice?.[1] && !invoice[2]) return showInvoice(context, 200, invoice[1]);
  if (request.method === "POST" && invoice?.[1] && invoice[2]) return addComment(context, invoice[1]);
  throw new BillingError({ status: 404, type: "invalid_request_error", message: "There is no such page." });
}

async function showInvoices(context: Context): Promise<void> {
  const { table } = context.options.store;
  const query = (context.url.searchParams.get("q") ?? "").trim().slice(0, 40);
  const after = context.url.searchParams.get("after") ?? undefined;
  if (query) {
    const found = await findByNumber(context, query);
    return sendPage(context, 200, invoicesPage({ data: found, has_more: false, query }));
  }
  const parameters = parseParameters(ListPage, { limit: 25, starting_after: after });
  const page = await listInvoices(table, {
    limit: parameters.limit,
    startingAfter: parameters.starting_after,
  });
  sendPage(context, 200, invoicesPage({ ...page, query, after }));
}

/** `INV-0042`, `inv-42`, `0042` and `42` all mean the same invoice. */
async function findByNumber({ options }: Context, query: string) {
  const digits = /^(?:inv-)?0*(\d{1,9})$/i.exec(query)?.[1];
  const number = digits ? `INV-${digits.padStart(4, "0")}` : query.toUpperCase();
  try {
    return [(await getHead(options.store.table, number)).ledger.invoice];
  } catch (error) {
    if (error instanceof BillingError) return [];
    throw error;
  }
}

async function showInvoice(
  context: Context,
  status: number,
  number: string,
  draft?: InvoiceView["draft"],
): Promise<void> {
  const { table } = context.options.store;
  const head = await getHead(table, number);
  const [transactions, comments] = await Promise.all([transactionsOf(table, head), commentsOf(table, head)]);
  const view = { invoice: head.ledger.invoice, transactions, comments, nonce: randomUUID(), draft };
  sendPage(context, status, invoicePage(view));
}

async function addComment(context: Context, number: string): Promise<void> {
  refuseForeignOrigin(context);
  const { nonce, author, text } = await readParameters(context.request);
  const nonceText = typeof nonce === "string" && /^[\w-]{8,64}$/.test(nonce) ? nonce : randomUUID();
  const requestId = newId("req");
  const caller = {
    requestId,
    key: `page_${number}_${nonceText}`,
    keySent: false,
    path: context.url.pathname,
  };
  try {
    await createComment(context.options.store, caller, { author, text: normalise(text) }, number);
  } catch (error) {
    if (!(error instanceof BillingError) || error.detail.status !== 400) throw error;
    const draft = { author: asText(author), text: asText(text), error: error.message };
    return showInvoice(context, 400, number, draft);
  }
  context.response.writeHead(303, { Location: `/invoices/${encodeURIComponent(number)}#comments` }).end();
}

function asText(value: unknown): string {
  return typeof value === "string" ? value : "";
}

// Browsers send line breaks of forms as CR LF.
function normalise(text: unknown): unknown {
  return typeof text === "string" ? text.replaceAll("\r\n", "\n").trim() : text;
}

/** Lets a form through only from a page of this very server, under a name this server is known by. */
function refuseForeignOrigin({ options, request }: Context): void {
  const host = request.headers.host ?? "";
  const { origin } = request.headers;
  const named = URL.canParse(`http://${host}`) ? new URL(`http://${host}`).hostname : "";
  // A foreign name that resolves to this machine would be its own same origin: only known names count.
  const known = ["localhost", "127.0.0.1", "[::1]", ...options.allowedHosts].includes(named);
  const same = origin
    ? URL.canParse(origin) && new URL(origin).host === host
    : request.headers["sec-fetch-site"] === "same-origin";
  if (known && same) return;
  throw new BillingError({
    status: 403,
    type: "invalid_request_error",
    message: "This form was not sent from this site.",
  });
}

function errorPage(status: number, message: string): string {
  return layout(
    status === 404 ? "Not found" : "Error",
    html`<h1>${status === 404 ? "Not found" : "Something is wrong"}</h1>
      <p>${message}</p>
      <p><a href="/">All invoices</a></p>`,
  );
}

function sendPage(context: Context, status: number, text: string): void {
  send(context, status, "text/html; charset=utf-8", text);
}

function send({ request, response }: Context, status: number, type: string, text: string): void {
  response.writeHead(status, {
    "Content-Type": type,
    "Content-Security-Policy": policy,
    "Referrer-Policy": "same-origin",
    "Cache-Control": type.startsWith("text/html") ? "no-store" : "max-age=300",
  });
  response.end(request.method === "HEAD" ? undefined : text);
}
