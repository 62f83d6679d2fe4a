import { expect, test } from "@playwright/test";
import { checkPage } from "./check-page";
import { signInAs } from "./demo-people";

test("an admin makes a queue, is told where its rule is wrong, gives it members and times; a reviewer sees it as theirs", async ({
  page,
  browser,
  baseURL,
}) => {
  test.slow();
  const name = `Story ${Date.now()}`;
  await signInAs(page, "admin", "/queues");
  await expect(page.getByRole("table", { name: "Queues" })).toBeVisible();
  await checkPage(page);
  await page.getByRole("button", { name: "New queue" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Name").fill(name);
  await dialog.getByLabel("Key").fill(name.toLowerCase().replace(" ", "-"));
  await dialog.getByRole("button", { name: "Create the queue" }).click();
  await expect(page.getByRole("heading", { level: 1, name })).toBeVisible();

  const rule = page.getByRole("textbox", { name: "Rule" });
  await rule.fill("decision.amount * 2 > 100");
  await expect(page.getByText(/Line 1, column 1: .*write 2\.0/)).toBeVisible();
  await page.getByRole("button", { name: "Save the queue" }).click();
  await expect(page.getByText("no such overload: double * int").first()).toBeVisible();
  await rule.fill("decision.type == 'story.none'");
  await expect(page.getByText(/Would have taken 0 of the last \d+ reviewed decisions/)).toBeVisible();

  await page.getByLabel("High severity (minutes)").fill("15");
  await page.getByLabel("When nobody ruled in time").selectOption({ label: "Decline: do nothing" });
  await expect(page.getByText(/high in 15 min.*Time never approves\./)).toBeVisible();
  await page.getByLabel("Load cap").fill("0");
  await page.getByRole("button", { name: "Save the queue" }).click();
  await expect(page.getByLabel("Load cap")).toHaveAttribute("aria-invalid", "true");
  await page.getByLabel("Load cap").fill("2");
  await page.getByRole("button", { name: "Save the queue" }).click();
  await expect(page.getByText(`Saved: ${name}`)).toBeVisible();

  await page.getByRole("button", { name: "Set members" }).click();
  await dialog.getByRole("checkbox", { name: /^Robin Reyes/ }).check();
  await dialog.getByRole("button", { name: "Save the members" }).click();
  await expect(dialog).toBeHidden();
  await expect(page.getByRole("listitem").filter({ hasText: "Robin Reyes" })).toBeVisible();
  await page.getByRole("button", { name: "Change Robin Reyes" }).click();
  await dialog.getByLabel("Skills").fill("stories, refunds");
  await dialog.getByRole("button", { name: "Save the skills" }).click();
  await expect(page.getByRole("listitem").filter({ hasText: "Robin Reyes" })).toContainText("refunds");
  await checkPage(page);

  const theirs = await (await browser.newContext({ baseURL })).newPage();
  await signInAs(theirs, "reviewer", "/queues");
  const row = theirs.getByRole("row").filter({ hasText: name });
  await expect(row).toContainText("Yours");
  await row.getByRole("link", { name: new RegExp(name) }).click();
  await expect(theirs.getByRole("heading", { level: 1, name })).toBeVisible();
  await expect(theirs.getByRole("button", { name: "Save the queue" })).toHaveCount(0);
  await expect(theirs.getByLabel("Load cap")).toBeDisabled();
  await checkPage(theirs);

  await page.getByRole("button", { name: "Archive", exact: true }).click();
  await page
    .getByRole("alertdialog")
    .or(dialog)
    .getByRole("button", { name: "Archive", exact: true })
    .click();
  await expect(page.getByText("Archived", { exact: true }).first()).toBeVisible();
});

test("a reviewer says that they are away, and that they are back", async ({ page }) => {
  await signInAs(page, "reviewer", "/settings/account");
  await page.getByLabel("Away until").fill("2099-01-01T08:00");
  await page.getByRole("button", { name: "Set away" }).click();
  await expect(page.getByText(/Nothing is kept for you meanwhile/)).toBeVisible();
  await checkPage(page);
  await page.getByRole("button", { name: "I am back" }).click();
  await expect(page.getByLabel("Away until")).toBeVisible();
});
