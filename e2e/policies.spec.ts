import { expect, type Page, test } from "@playwright/test";
import { anotherPerson } from "./another-person";
import { checkPage } from "./check-page";
import { aRefund, demoApp } from "./demo-decisions";
import { listening, signedIn } from "./demo-people";
import { ownPages } from "./own-pages";

// Above anything another story moves, so that its rule is nobody else's.
const least = 9_600_000;

/** Presses a step's button, and again in the sheet that asks. */
async function take(page: Page, step: string): Promise<void> {
  await page.getByRole("button", { name: step }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("button", { name: step }).click();
  await expect(dialog).toBeHidden();
}

test("an admin drafts a policy, watches it in shadow, and another admin puts it in force", async ({
  page: ana,
  browser,
  baseURL,
  request,
}) => {
  test.slow();
  const name = `Very large refunds ${Date.now()}`;
  await signedIn(ana, "admin");
  const answer = await ana.request.get("/api/v1/apps/refund-desk");
  const app = ((await answer.json()) as { id: string }).id;
  await ana.goto(`/apps/${app}/policies`);
  await ana.getByRole("button", { name: "New policy" }).first().click();
  const dialog = ana.getByRole("dialog");
  await dialog.getByLabel("Begin with").selectOption({ label: "Amount cap" });
  await dialog.getByLabel(/^Name/).fill(name);
  await checkPage(ana);
  await dialog.getByRole("button", { name: "Make the policy" }).click();
  await expect(ana.getByRole("heading", { name, level: 1 })).toBeVisible();
  await checkPage(ana);

  // A wrong rule is told its place and how to write it; completion finds what a decision has.
  const rule = ana.getByLabel("When").first();
  await rule.fill("decision.amount * 2 > 10.0");
  await expect(ana.getByText(/Line 1, column 1: no such overload.*write 2\.0/)).toBeVisible();
  await rule.fill("");
  await rule.pressSequentially("decision.amo");
  await expect(ana.getByRole("option", { name: /decision\.amount/ })).toBeVisible();
  await checkPage(ana);
  await rule.press("Enter");
  await rule.pressSequentially(` > ${least}.0`);
  await expect(rule).toHaveValue(`decision.amount > ${least}.0`);
  await expect(ana.getByText(/^Does not pass/).first()).toBeVisible();

  // The second rule goes, and so do the fixtures that knew it.
  await ana.getByRole("button", { name: "Remove over_1000" }).click();
  for (const fixture of ["a small amount", "a large one", "no money at all"]) {
    await ana.getByRole("button", { name: `Remove ${fixture}`, exact: true }).click();
  }
  await ana.getByLabel("Decision", { exact: true }).fill(`{"amount": ${least + 1}}`);
  await expect(ana.getByText(/^Passes/)).toBeVisible();
  await ana.getByRole("button", { name: "Save the draft" }).click();
  await expect(ana.getByText("Draft saved")).toBeVisible();
  // The steps below go by what the page has read: it reads the draft it has just saved.
  await ana.reload();
  await listening(ana);

  await take(ana, "Start shadow");
  await expect(ana.getByText("In shadow: version 1").first()).toBeVisible();
  await expect(ana.getByRole("button", { name: "Put in force" })).toBeDisabled();
  const desk = demoApp(request, "refund-desk");
  await desk.submit(aRefund("INV-0001", least + 100));
  await expect(async () => {
    await ana.reload();
    await expect(ana.getByText(/it would have routed/)).toBeVisible({ timeout: 1000 });
  }).toPass({ timeout: 30_000 });
  await checkPage(ana);

  const bo = await anotherPerson(browser, baseURL, { role: "admin", name: "Bo Second" });
  await bo.goto(ana.url());
  await take(bo, "Put in force");
  await expect(bo.getByText("In force: version 1").first()).toBeVisible();
  await checkPage(bo);
  await bo.context().close();

  const held = await desk.submit(aRefund("INV-0001", least + 100));
  expect(held.route.reasons[0]).toMatchObject({ kind: "policy", message: `${name}: More than 150` });
  await ana.goto(`/decisions/${held.id}`);
  await expect(ana.getByText(`${name}: More than 150`).first()).toBeVisible();
  await ana.goto(`/apps/${app}/policies`);
  await expect(ana.getByRole("listitem").filter({ hasText: name })).toContainText("In force: version 1");
  await checkPage(ana);
});

test("a reviewer reads policies and changes none", async ({ page }) => {
  await signedIn(page, "reviewer");
  const answer = await page.request.get("/api/v1/apps/refund-desk");
  const app = ((await answer.json()) as { id: string }).id;
  await page.goto(`/apps/${app}/policies`);
  await expect(page.getByRole("heading", { name: "Policies", level: 1 })).toBeVisible();
  await expect(page.getByRole("button", { name: "New policy" })).toHaveCount(0);
  const refused = await page.request.post("/api/v1/policies", {
    data: { name: "Mine", app },
    headers: ownPages,
  });
  expect(refused.status()).toBe(403);
});
