import { expect, test } from "@playwright/test";
import { checkPage } from "./check-page";
import { aRefund, demoApp } from "./demo-decisions";
import { signInAs } from "./demo-people";

test("an admin marks a known answer and takes it out; names stay hidden from whoever does not lead the queue", async ({
  page,
  request,
}) => {
  test.slow();
  const app = demoApp(request, "refund-desk");
  const invoice = `INV-${Date.now()}`;
  const decision = await app.submit(aRefund(invoice));
  const cancelled = await request.post(`/api/v1/decisions/${decision.id}/cancel`, { headers: app.key });
  expect(cancelled.ok(), await cancelled.text()).toBe(true);

  await signInAs(page, "admin", "/reviewers");
  await expect(page.getByRole("heading", { level: 1, name: "Reviewers" })).toBeVisible();
  await expect(page.getByText("names are pseudonyms")).toBeVisible();
  await expect(page.getByText("Robin Reyes")).toHaveCount(0);
  await checkPage(page);

  const tabs = page.getByRole("navigation", { name: "Queues" });
  if (await tabs.isVisible()) {
    const refunds = tabs.getByRole("link", { name: /refund/i }).first();
    await refunds.click();
    // A dialog that opens before the queue has come goes with what it replaces.
    await expect(refunds).toHaveAttribute("aria-current", "page");
  }
  await page.getByRole("button", { name: "Mark a decision" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Decision").fill(decision.id);
  await dialog.getByRole("button", { name: "Mark", exact: true }).click();
  // Nobody has told what is right of it, so the person has to.
  await expect(dialog.getByText(/approve or decline/i).first()).toBeVisible();
  await dialog.getByLabel("What is right?").selectOption("decline");
  await dialog.getByRole("button", { name: "Mark", exact: true }).click();
  const row = page.getByRole("row").filter({ hasText: invoice });
  await expect(row).toContainText("Decline");
  await expect(row).toContainText("proposal wrong");
  await checkPage(page);

  await row.getByRole("button", { name: /^Take out/ }).click();
  await page.getByRole("button", { name: "Take out", exact: true }).last().click();
  await expect(row).toHaveCount(0);
});

test("a reviewer sees their own figures, and nobody else's", async ({ page }) => {
  await signInAs(page, "reviewer", "/reviewers/me");
  await expect(page.getByRole("heading", { level: 1, name: "How you are doing" })).toBeVisible();
  await expect(page.getByRole("region", { name: "Wrong proposals noticed" })).toBeVisible();
  await checkPage(page);
  await page.goto("/reviewers");
  await expect(page.getByRole("heading", { level: 1, name: "How you are doing" })).toBeVisible();
});

test("the attention budget says what a queue's hours come to, and what another threshold would cost", async ({
  page,
}) => {
  await signInAs(page, "admin", "/attention");
  await expect(page.getByRole("heading", { level: 1, name: "Attention" })).toBeVisible();
  await expect(page.getByRole("region", { name: "Queues" }).getByRole("heading").first()).toBeVisible();
  await expect(page.getByText("What would another threshold cost?")).toBeVisible();
  await checkPage(page);
});
