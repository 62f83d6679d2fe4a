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
