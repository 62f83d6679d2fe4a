import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "vitest";
import { startBilling, type BillingOptions } from "./main";

export const apiKey = "sk_test_billing";

type Answered = { status: number; headers: Headers; body: Record<string, unknown>; id: string };

/** A folder of its own, and how to be rid of it. */
export async function aDataDir() {
  const dataDir = await mkdtemp(join(tmpdir(), "billing-test-"));
  return { dataDir, remove: () => rm(dataDir, { recursive: true, force: true }) };
}

/** A billing system on a free port with few invoices. */
export function aBilling(dataDir: string, options: Partial<BillingOptions> = {}) {
  return startBilling({ port: 0, dataDir, apiKey, seed: 20, ...options });
}

/** Sends one API request, form-encoded, as Stripe's clients do. */
export async function ask(
  url: string,
  path: string,
  form?: Record<string, string>,
  headers: Record<string, string> = {},
): Promise<Answered> {
  const response = await fetch(url + path, {
    method: form ? "POST" : "GET",
    headers: { authorization: `Bearer ${apiKey}`, ...headers },
    body: form && new URLSearchParams(form),
  });
  const body: unknown = await response.json();
  expect(body).toBeTypeOf("object");
  const fields = body as Answered["body"]; // just checked to be an object
  return { status: response.status, headers: response.headers, body: fields, id: String(fields.id) };
}

/** A list's objects. */
export function dataOf({ body }: Answered): Record<string, unknown>[] {
  expect(body).toMatchObject({ object: "list" });
  return body.data as Record<string, unknown>[]; // the list envelope was just checked
}
