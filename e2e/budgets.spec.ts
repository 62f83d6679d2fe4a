import { expect, test } from "@playwright/test";
import { checkPage } from "./check-page";
import { signInAs } from "./demo-people";

test("an admin sets a budget, sees what is used of it, changes it and takes it out of force", async ({
  page,
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
  await expect(page.getByText("of 2,000,000 acts")).toBeVisible();

  await page
    .getByRole("button", { name: /^Archive the budget/ })
    .first()
    .click();
  await page.getByRole("button", { name: "Archive", exact: true }).click();
  await expect(page.getByText("of 2,000,000 acts")).toHaveCount(0);
});
