import { afterAll, beforeAll, expect, test } from "vitest";
import type { Billing } from "./main";
import { aBilling, aDataDir, ask, dataOf } from "./testing";

let folder: Awaited<ReturnType<typeof aDataDir>>;
let billing: Billing;

beforeAll(async () => {
  folder = await aDataDir();
  billing = await aBilling(folder.dataDir, { seed: 60 });
}, 20_000);

afterAll(async () => {
  await billing.close();
  await folder.remove();
});

const page = async (path: string) => (await fetch(billing.url + path)).text();

function comment(number: string, fields: Record<string, string>, headers: Record<string, string>) {
  const body = new URLSearchParams({ nonce: "nonce-for-tests", author: "Ada", text: "hello", ...fields });
  return fetch(`${billing.url}/invoices/${number}/comments`, {
    method: "POST",
    body,
    headers,
    redirect: "manual",
  });
}

test("the list pages, finds an invoice by any writing of its number, and says it is generated", async () => {
  const first = await page("/");
  expect(first).toContain("INV-0060");
  expect(first).not.toContain("INV-0035<");
  expect(first).toContain("made up by the project");
  const older = /href="(\/\?after=[^"]+)"/.exec(first)?.[1] ?? "";
  expect(await page(older)).toContain("INV-0035<");
  for (const query of ["7", "0007", "inv-7", "INV-0007"]) {
    expect(await page(`/?q=${query}`)).toContain("/invoices/INV-0007");
  }
  expect(await page("/?q=%3Cb%3E")).toContain("&lt;b&gt;");
});

test("what is written in a comment is shown as text, under a policy that allows no script", async () => {
  const hostile = `<script>alert("1")</script>' & "`;
  await ask(billing.url, "/v1/invoices/INV-0001/comments", { text: hostile, author: "<i>" });
  const response = await fetch(`${billing.url}/invoices/INV-0001`);
  const text = await response.text();
  expect(text).not.toContain("<script>");
  expect(text).toContain("&lt;script&gt;alert(&quot;1&quot;)");
  expect(response.headers.get("content-security-policy")).toContain("default-src 'none'");
});

test("the form adds one comment however often it is sent", async () => {
  const headers = { origin: billing.url };
  expect((await comment("INV-0002", {}, headers)).status).toBe(303);
  expect((await comment("INV-0002", {}, headers)).status).toBe(303);
  expect(dataOf(await ask(billing.url, "/v1/invoices/INV-0002/comments"))).toHaveLength(1);
});

test("a form from elsewhere is refused, and so is one under a foreign name", async () => {
  expect((await comment("INV-0003", {}, { origin: "https://evil.example" })).status).toBe(403);
  expect((await comment("INV-0003", {}, { origin: "null" })).status).toBe(403);
  expect((await comment("INV-0003", {}, { "sec-fetch-site": "cross-site" })).status).toBe(403);
  expect((await comment("INV-0003", {}, {})).status).toBe(403);
  expect(dataOf(await ask(billing.url, "/v1/invoices/INV-0003/comments"))).toHaveLength(0);
});

test("an empty comment comes back with what was typed and what is wrong", async () => {
  const response = await comment("INV-0004", { author: "Grace", text: "  " }, { origin: billing.url });
  const text = await response.text();
  expect(response.status).toBe(400);
  expect(text).toContain('value="Grace"');
  expect(text).toContain('role="alert"');
});

test("an unknown page is a 404 page", async () => {
  for (const path of ["/invoices/INV-9999", "/nothing", "/invoices/%00"]) {
    const response = await fetch(billing.url + path);
    expect(response.status).toBe(404);
    expect(await response.text()).toContain("<h1>Not found</h1>");
  }
});
