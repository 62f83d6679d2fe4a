import { type APIRequestContext, expect, type Page, test } from "@playwright/test";
import type { AuditView } from "@/lib/audits/schema";
import { anotherPerson } from "./another-person";
import { checkPage } from "./check-page";
import { aMessage, demoApp } from "./demo-decisions";
import { signInAs } from "./demo-people";
import { pressUntil } from "./press-key";

/** A message that the router quarantined alone and did not draw for an audit; answers its subject. */
async function quarantinedAlone(auditor: Page, request: APIRequestContext): Promise<string> {
  const mailGuard = demoApp(request, "mail-guard");
  for (let tries = 0; tries < 8; tries += 1) {
    const subject = `Two judges ${Date.now()}`;
    const decision = await mailGuard.submit({ ...aMessage(subject), confidence: 0.9999 });
    expect(decision.route.outcome).toBe("execute");
    const read = () => request.get(`/api/v1/decisions/${decision.id}`, { headers: mailGuard.key });
    await expect
      .poll(async () => (await (await read()).json()).execution?.status, { timeout: 30_000 })
      .toBe("succeeded");
    // Routing draws a tenth; its audits open within a second or two.
    await auditor.waitForTimeout(2500);
    const open = await (await auditor.request.get("/api/v1/audits?limit=100")).text();
    if (!open.includes(subject)) return subject;
  }
  throw new Error("routing drew every one of eight");
}

async function drawPlanOf(auditor: Page, subject: string): Promise<string> {
  await auditor.goto("/audits/plans");
  await auditor.getByRole("button", { name: "New rubric" }).click();
  await auditor.getByLabel("Name").fill(`Rubric of ${subject}`);
  await auditor.getByLabel("Question", { exact: false }).first().fill("Was the sender known?");
  await auditor.getByRole("button", { name: "Save rubric" }).click();
  await expect(auditor.getByText(`Rubric of ${subject}`)).toBeVisible();
  await checkPage(auditor);

  await auditor.getByRole("link", { name: "New plan" }).click();
  await auditor.getByLabel("Name").fill(subject);
  await auditor.getByLabel("How to choose").selectOption({ label: "One segment" });
  await auditor.getByLabel("Expression").fill(`decision.input.subject == "${subject}"`);
  await auditor.getByLabel("Chance of All, per cent").fill("100");
  await auditor.getByLabel("Auditors per decision").selectOption("2");
  await auditor.getByLabel("Rubric").selectOption({ label: `Rubric of ${subject}` });
  const line = auditor.getByRole("table", { name: "What the plan would draw" }).getByRole("row").nth(1);
  await expect(line.getByRole("cell").nth(4)).toHaveText("1");
  await checkPage(auditor);
  await auditor.getByRole("button", { name: "Save as draft" }).click();
  await expect(auditor.getByText("About 1", { exact: true })).toBeVisible();
  await auditor.getByRole("button", { name: "Draw" }).click();
  await auditor.getByRole("dialog").getByRole("button", { name: "Draw" }).click();
  await expect(auditor.getByText("0 of 1")).toBeVisible();
  await checkPage(auditor);
  return new URL(auditor.url()).pathname;
}

/** Opens the plan's audit by key; answers where its API is. */
async function takeNext(page: Page, plan: string): Promise<string> {
  await page.goto(plan);
  await expect(page.getByRole("button", { name: "Judge next of plan" })).toBeVisible();
  await pressUntil(page, "n", page.getByRole("heading", { name: "Should this have been done?" }));
  return `/api/v1${new URL(page.url()).pathname}`;
}

const read = async (page: Page, path: string) => (await (await page.request.get(path)).json()) as AuditView;

test("two auditors judge one decision blind to each other, differ, and a third has the last word", async ({
  page: ada,
  browser,
  baseURL,
  request,
}) => {
  test.setTimeout(180_000);
  await signInAs(ada, "auditor", "/audits");
  const subject = await quarantinedAlone(ada, request);
  const plan = await drawPlanOf(ada, subject);
  const bo = await anotherPerson(browser, baseURL, { role: "auditor", name: "Bo Second" });
  const cy = await anotherPerson(browser, baseURL, { role: "auditor", name: "Cy Third" });

  const path = await takeNext(ada, plan);
  const fresh = await read(bo, path);
  await ada.keyboard.press("1");
  await expect(ada.getByRole("group", { name: "Was the sender known?" })).toBeVisible();
  await checkPage(ada);
  await ada.keyboard.press("1");
  await ada.keyboard.press("c");
  await expect(ada.getByText("Waits for others")).toBeVisible();
  expect(await read(bo, path)).toEqual(fresh);

  await takeNext(bo, plan);
  await bo.keyboard.press("2");
  await expect(bo.getByRole("heading", { name: "Was what was done right?" })).toBeVisible();
  await expect(bo.getByRole("heading", { name: "The auditors" })).toHaveCount(0);
  expect(await read(bo, path)).toMatchObject({ answers: null, judgement: null });
  await bo.keyboard.press("2");
  await bo.getByLabel("Cause").selectOption("context");
  await bo.getByRole("button", { name: "Incorrect" }).click();
  await expect(bo.getByText("You differ.")).toBeVisible();
  await checkPage(bo);
  expect(await read(cy, path)).toEqual(fresh);

  await takeNext(cy, plan);
  await expect(cy.getByRole("heading", { name: "The auditors" })).toHaveCount(0);
  await cy.keyboard.press("1");
  await expect(cy.getByRole("heading", { name: "The auditors" })).toBeVisible();
  await expect(cy.getByText("They differ.")).toBeVisible();
  await checkPage(cy);
  await cy.keyboard.press("1");
  await cy.keyboard.press("c");
  await expect(cy.getByText("Cy Third, the last word")).toBeVisible();
  expect(await read(ada, path)).toMatchObject({ status: "done", judgement: "correct" });

  await ada.goto(plan);
  await expect(ada.getByText("1 of 1")).toBeVisible();
  await ada.getByRole("button", { name: "Close plan" }).click();
  await ada.getByRole("dialog").getByRole("button", { name: "Close plan" }).click();
  await expect(ada.getByText("Closed", { exact: true })).toBeVisible();
  for (const page of [bo, cy]) await page.context().close();
});
