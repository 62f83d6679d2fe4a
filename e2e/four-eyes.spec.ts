import { expect, type Page, test } from "@playwright/test";
import { anotherPerson } from "./another-person";
import { checkPage } from "./check-page";
import { aRefund, demoApp } from "./demo-decisions";
import { signInAs } from "./demo-people";

// Above anything another story moves, so that its rule is nobody else's.
const least = 4321.98;
const amount = 432_198;

/** Approves what is deliberate: once for the sheet that asks, once in it. */
async function approveTwice(page: Page): Promise<void> {
  // Seen is not yet loaded: what is claimed listens.
  await expect(page.getByText("Claimed by you")).toBeVisible();
  await page.getByRole("toolbar", { name: "Verdict" }).getByRole("button", { name: "Approve" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Approve" }).click();
}

test("an admin asks for two people; the first approval waits, the same person cannot give the second, another does", async ({
  page: office,
  browser,
  baseURL,
  request,
}) => {
  test.slow();
  const name = `Two people ${Date.now()}`;
  await signInAs(office, "admin", "/settings/approvals");
  await office.getByRole("button", { name: "New rule" }).click();
  const dialog = office.getByRole("dialog");
  await dialog.getByLabel(/^Name/).first().fill(name);
  await dialog.getByLabel("Decision type").selectOption({ label: "Issue a refund" });
  await dialog.getByLabel("From an amount of").fill(String(least));
  await dialog.getByRole("button", { name: "Create the rule" }).click();
  const row = office.getByRole("row").filter({ hasText: name });
  await expect(row).toContainText("any 2 reviewers");
  await checkPage(office);

  const desk = demoApp(request, "refund-desk");
  const decision = await desk.submit(aRefund("INV-0001", amount));
  const ana = await (await browser.newContext({ baseURL })).newPage();
  await signInAs(ana, "reviewer", decision.reviewPath);
  await expect(ana.getByText("2 of 2 approvals still needed")).toBeVisible();
  await approveTwice(ana);
  await expect.poll(() => desk.statusOf(decision.id), { timeout: 30_000 }).toBe("awaiting_second");

  await ana.goto(`/decisions/${decision.id}`);
  await expect(ana.getByRole("heading", { name: "Approvals" })).toBeVisible();
  await expect(ana.getByText("1 of 2")).toBeVisible();
  await checkPage(ana);
  await ana.getByRole("link", { name: "Review it" }).click();
  await expect(ana.getByText(/Your approval is on it already/)).toBeVisible();
  await expect(ana.getByText("1 of 2 approvals still needed")).toBeVisible();
  const verdict = ana.getByRole("toolbar", { name: "Verdict" });
  await expect(verdict.getByRole("button", { name: "Approve" })).toBeDisabled();
  await expect(verdict.getByRole("button", { name: "Decline" })).toBeEnabled();
  await checkPage(ana);
  const second = ana.url();
  await ana.keyboard.press("Escape");

  const bo = await anotherPerson(browser, baseURL, { role: "reviewer", name: "Bo Second" });
  await bo.goto(new URL(second).pathname);
  await expect(bo.getByText(/Robin Reyes approved/)).toBeVisible();
  await approveTwice(bo);
  await expect.poll(() => desk.statusOf(decision.id), { timeout: 30_000 }).toBe("approved");
  await bo.goto(`/decisions/${decision.id}`);
  await expect(bo.getByText("2 of 2")).toBeVisible();

  await row.getByRole("button", { name: `Remove ${name}` }).click();
  await office.getByRole("dialog").getByRole("button", { name: "Remove" }).click();
  await expect(row).toHaveCount(0);
  await Promise.all([ana.context().close(), bo.context().close()]);
});

test("a reviewer lends their authority to a colleague for a while, and takes it back", async ({
  page,
  browser,
  baseURL,
}) => {
  const colleague = `Cleo Standin ${Date.now()}`;
  const other = await anotherPerson(browser, baseURL, { role: "reviewer", name: colleague });
  await signInAs(page, "reviewer", "/settings/approvals");
  await page.getByRole("button", { name: "Lend my authority" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel(/^To/).selectOption({ label: colleague });
  await dialog.getByLabel("Why").fill("On leave");
  await dialog.getByRole("button", { name: "Lend it" }).click();
  const row = page.getByRole("row").filter({ hasText: colleague });
  await expect(row).toContainText("In force");
  await checkPage(page);
  await other.goto("/settings/approvals");
  await expect(other.getByRole("row").filter({ hasText: colleague })).toContainText("On leave");
  await row.getByRole("button", { name: /^End/ }).click();
  await expect(row).toContainText("Ended");
  await other.context().close();
});
