import { expect, test } from "@playwright/test";
import { listening, signInAs } from "./demo-people";

test("of what is ruled on alone nothing is offered together, and it says why", async ({ page }) => {
  await signInAs(page, "reviewer", "/inbox?queue=refunds-large");
  await listening(page);
  await expect(page.getByRole("row").nth(1)).toContainText("Over the cap");
  await page.keyboard.press("j");
  await page.keyboard.press("x");
  await page.keyboard.press("a");
  const dialog = page.getByRole("dialog", { name: "None of these can be approved together" });
  await expect(dialog).toContainText("It is above its cap: open it and rule on it alone");
  await expect(dialog.getByRole("button", { name: /^Approve/ })).toHaveCount(0);
  await dialog.getByRole("button", { name: "Close" }).last().click();
  await expect(dialog).toBeHidden();
});
