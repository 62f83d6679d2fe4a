import { expect, type Page, test } from "@playwright/test";
import { checkPage } from "./check-page";
import { signInAs } from "./demo-people";

// The newest is on top, whatever else waits.
const sign = (page: Page) =>
  page
    .getByRole("button", { name: /^Sign the budget/ })
    .first()
    .click();

test("an admin sets a budget and sees what is used of it; more, and its end, are signed by another admin", async ({
  page,
  browser,
  baseURL,
}) => {
  test.slow();
  await signInAs(page, "admin", "/settings/budgets");
  await page.getByRole("button", { name: "New budget" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Budget of").selectOption({ label: "Each subject of an app" });
  await dialog.getByLabel("Number of acts").fill("1000000");
  await dialog.getByRole("button", { name: "Create the budget" }).click();
  await expect(dialog).toBeHidden();
  await expect(page.getByText("of 1,000,000 acts")).toBeVisible();
  await checkPage(page);

  await page
    .getByRole("button", { name: /^Change the budget/ })
    .first()
    .click();
  await dialog.getByLabel("Number of acts").fill("2000000");
  await dialog.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText(/Then 2,000,000 acts .*another admin signs it/)).toBeVisible();
  await expect(page.getByText("of 1,000,000 acts")).toBeVisible();
  // Whoever proposed it takes it back, or leaves the signature to another.
  await expect(page.getByRole("button", { name: /^Withdraw what is proposed/ }).first()).toBeVisible();
  await checkPage(page);

  const other = await (await browser.newContext({ baseURL })).newPage();
  await signInAs(other, "second admin", "/settings/budgets");
  await sign(other);
  await expect(other.getByText("of 2,000,000 acts")).toBeVisible();

  await page.reload();

  await page
    .getByRole("button", { name: /^Archive the budget/ })
    .first()
    .click();
  await page.getByRole("button", { name: "Propose it" }).click();
  await expect(page.getByText(/Out of force: proposed by/)).toBeVisible();
  await other.reload();
  await sign(other);
  await expect(other.getByText("of 2,000,000 acts")).toHaveCount(0);
  await other.context().close();
});
