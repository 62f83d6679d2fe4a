import { expect, test } from "@playwright/test";
import { listening, signInAs } from "./demo-people";

test("of what is ruled on alone nothing is offered together, and it says why", async ({ page }) => {
  await signInAs(page, "reviewer", "/inbox?queue=refunds-large");
  await listening(page);
  const rows = page.getByRole("row").filter({ hasText: "Over the cap" });
  await rows.nth(0).getByRole("checkbox").check();
  await rows.nth(1).getByRole("checkbox").check();
  await page.getByRole("button", { name: /^Approve/ }).click();
  const dialog = page.getByRole("dialog", { name: "None of these can be approved together" });
  await expect(dialog).toContainText("It is above its cap: open it and rule on it alone");
  await expect(dialog.getByRole("button", { name: /^Approve/ })).toHaveCount(0);
  await dialog.getByRole("button", { name: "Close" }).last().click();
  await expect(dialog).toBeHidden();
});
