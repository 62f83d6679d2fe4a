import { expect, test } from "@playwright/test";
import type { AuditView } from "@/lib/audits/schema";
import { checkPage } from "./check-page";
import { signInAs } from "./demo-people";

test("an auditor answers before the model is shown, judges by keyboard only, and the progress counts it", async ({
  page,
}) => {
  await signInAs(page, "auditor", "/audits");
  // The demo's stream draws a tenth of what runs alone; the first may still be on its way.
  await expect(async () => {
    await page.reload();
    await expect(page.getByRole("table", { name: "Audits" })).toBeVisible({ timeout: 2000 });
  }).toPass({ timeout: 50_000 });
  await checkPage(page);

  await page.keyboard.press("n");
  await expect(page.getByRole("heading", { name: "Should this have been done?" })).toBeVisible();
  const path = `/api/v1${new URL(page.url()).pathname}`;
  const blind = (await (await page.request.get(path)).json()) as AuditView;
  expect([blind.reveal, blind.blind_answer]).toEqual([null, null]);
  await expect(page.getByText("Confidence", { exact: true })).toHaveCount(0);
  await checkPage(page);

  await page.keyboard.press("1");
  await expect(page.getByRole("heading", { name: "Was what was done right?" })).toBeVisible();
  await expect(page.getByText("The router, alone")).toBeVisible();
  await checkPage(page);
  // A second tap of the same key is no judgement.
  await page.keyboard.press("1");
  await page.keyboard.press("b");
  await expect(page.getByText("Judged by")).toBeVisible();
  const judged = (await (await page.request.get(path)).json()) as AuditView;
  expect(judged).toMatchObject({ status: "done", judgement: "borderline", blind_answer: "positive" });

  await page.goto("/audits?tab=done");
  await expect(page.getByRole("link", { name: judged.summary }).first()).toBeVisible();
});

test("the dashboards say whom each figure is about, keep their filter in the address, and show tables", async ({
  page,
}) => {
  await signInAs(page, "auditor", "/evaluation");
  const automation = page.getByRole("region", { name: "How much is decided alone?" });
  await expect(automation).toContainText(/95 % interval .*n = /s);
  await expect(automation).toContainText("shadow ones, which nobody decides, are left out");
  await expect(page.getByRole("table", { name: /^Confusion matrix/ })).toBeVisible();
  await page.getByLabel("App", { exact: true }).selectOption({ label: "Mail guard" });
  await expect(page).toHaveURL(/app=mail-guard/);
  await page.getByLabel("Whose answer").selectOption("router");
  await expect(page.getByText("Would act alone", { exact: true })).toBeVisible();
  await page.reload();
  await expect(page.getByLabel("App", { exact: true })).toHaveValue("mail-guard");
  await expect(page.getByText("Would act alone", { exact: true })).toBeVisible();
  await checkPage(page);
});
