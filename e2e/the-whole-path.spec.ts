import { randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import path from "node:path";
import { type APIRequestContext, expect, type Page, test } from "@playwright/test";
import type { AuditView } from "@/lib/audits/schema";
import type { DecisionView } from "@/lib/decisions/schema";
import type { Confusion } from "@/lib/evaluations/schema";
import { aRefund, demoApp } from "./demo-decisions";
import { signInAs } from "./demo-people";

type DemoFile = { billingUrl: string };
type Charge = { invoice: string; currency: string; amount: number; amount_refunded: number };
const demoFile = () =>
  JSON.parse(
    readFileSync(path.join(process.env.COUNTERSIGN_DATA_DIR ?? "data", "demo.json"), "utf8"),
  ) as DemoFile;

test("a refund is submitted, approved by key, carried out, seen in billing, audited, and shown on the dashboard", async ({
  page,
  browser,
  request,
  baseURL,
}) => {
  const desk = demoApp(request, "refund-desk");
  const read = async (id: string) =>
    (await (await request.get(`/api/v1/decisions/${id}`, { headers: desk.key })).json()) as DecisionView;

  // Submitted over the API; a person is asked.
  const invoice = await invoiceWithMoney(request, demoFile().billingUrl);
  const asked = await desk.submit(aRefund(invoice.number, 101, invoice.currency));
  expect(asked.route.outcome).toBe("review");

  // Approved with one key.
  const reviewer = await (await browser.newContext({ baseURL })).newPage();
  await signInAs(reviewer, "reviewer", asked.reviewPath);
  await expect(reviewer.getByText("Claimed by you")).toBeVisible();
  await reviewer.keyboard.press("a");
  await expect
    .poll(async () => (await read(asked.id)).execution?.status, { timeout: 30_000 })
    .toBe("succeeded");
  const { execution } = await read(asked.id);
  expect(execution?.reference).toMatch(/^re_/);

  // Seen where it happened: on the invoice's page in the billing system.
  await page.goto(`${demoFile().billingUrl}/invoices/${invoice.number}`);
  await expect(page.locator(`#${execution?.reference}`)).toBeVisible();

  // What runs alone is sampled: submitted until one is drawn, which only an auditor can see.
  const subject = { type: "story", id: randomUUID() };
  const sure = { ...aRefund(invoice.number, 1, invoice.currency), confidence: 0.99, subject };
  const alone: DecisionView[] = [];
  for (let i = 0; i < 24; i++)
    alone.push(await desk.submit({ ...sure, external_id: `audit-${randomUUID()}` }));
  expect(alone.every((decision) => decision.route.outcome === "execute")).toBe(true);
  const auditor = await (await browser.newContext({ baseURL })).newPage();
  await signInAs(auditor, "auditor", "/audits");
  const audit = await drawnAudit(auditor, subject.id);
  const readAudit = async () =>
    (await (await auditor.request.get(`/api/v1/audits/${audit}`)).json()) as AuditView;

  // Judged blind: nothing of the model is told before the auditor's own answer.
  await auditor.goto(`/audits/${audit}`);
  await expect(auditor.getByRole("heading", { name: "Should this have been done?" })).toBeVisible();
  expect((await readAudit()).reveal).toBeNull();
  await expect(async () => {
    await auditor.keyboard.press("1");
    await expect(auditor.getByRole("heading", { name: "Was what was done right?" })).toBeVisible({
      timeout: 2000,
    });
  }).toPass();
  await auditor.keyboard.press("c");
  await expect.poll(async () => (await readAudit()).judgement).toBe("correct");
  const { reveal } = await readAudit();
  expect(alone.map((decision) => decision.id)).toContain(reveal?.decision_id);
  expect(reveal).toMatchObject({ confidence: 0.99, pi: 0.25 });

  // What turned out to be true arrives later, and the dashboard counts it.
  const outcome = await request.post(`/api/v1/decisions/${asked.id}/outcome`, {
    headers: desk.key,
    data: { truth: "negative" },
  });
  expect(outcome.ok(), await outcome.text()).toBe(true);
  expect((await read(asked.id)).outcome?.truth).toBe("negative");
  const matrix = async (view: string) => {
    const answer = await request.get(`/api/v1/metrics/confusion?type=refund.issue&view=${view}`, {
      headers: desk.key,
    });
    return ((await answer.json()) as Confusion).cells;
  };
  // Done, and it should not have been: a false positive of what was done in the end.
  expect((await matrix("final")).fp.count).toBeGreaterThanOrEqual(1);
  await auditor.goto("/evaluation?app=refund-desk");
  await expect(auditor.getByRole("heading", { level: 1 })).toHaveText("Evaluation");
  await expect(auditor.getByRole("heading", { name: "How much is decided alone?" })).toBeVisible();
});

async function invoiceWithMoney(request: APIRequestContext, billingUrl: string) {
  const secrets = JSON.parse(
    readFileSync(path.join(process.env.COUNTERSIGN_DATA_DIR ?? "data", "secrets.json"), "utf8"),
  ) as { billingApiKey: string };
  const answer = await request.get(`${billingUrl}/v1/charges?limit=100`, {
    headers: { authorization: `Bearer ${secrets.billingApiKey}` },
  });
  const { data } = (await answer.json()) as { data: Charge[] };
  const left = (charge: Charge) => charge.amount - charge.amount_refunded;
  // In euros, so that the cap applies as it is; with enough left for the story's small refunds.
  const rich = data
    .filter(({ currency }) => currency === "eur")
    .toSorted((one, other) => left(other) - left(one))[0];
  if (!rich) throw new Error("billing has no charge in euros");
  return { number: rich.invoice, currency: "EUR" };
}

async function drawnAudit(page: Page, subjectId: string): Promise<string> {
  for (let i = 0; i < 60; i++) {
    const answer = await page.request.get("/api/v1/audits?limit=100&app=refund-desk");
    const { data } = (await answer.json()) as { data: AuditView[] };
    const drawn = data.find((audit) => audit.subject?.id === subjectId);
    if (drawn) return drawn.id;
    await page.waitForTimeout(500);
  }
  throw new Error("none of the 24 was drawn for an audit");
}
