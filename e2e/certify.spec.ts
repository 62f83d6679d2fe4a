import { expect, test } from "@playwright/test";
import { checkPage } from "./check-page";
import { signInAs } from "./demo-people";

test("an admin has a system prove that it acts once, and the result stays", async ({ page }) => {
  await signInAs(page, "admin", "/settings/connectors");
  await page.getByRole("link", { name: /^Mailbox/ }).click();
  const panel = page.getByRole("region", { name: "Certification" });
  const action = panel.getByRole("region", { name: "Put a message in quarantine" });
  await expect(action).toContainText("Not certified");
  await action.getByRole("button", { name: /^Certify/ }).click();

  const dialog = page.getByRole("dialog");
  const callIt = dialog.getByRole("button", { name: "Call it now" });
  await dialog.getByLabel("Arguments", { exact: true }).fill(`{ "message_id": "certify-${Date.now()}" }`);
  await dialog.getByLabel("Bad arguments").fill('{ "message_id": "" }');
  await expect(callIt).toBeDisabled();
  await dialog.getByLabel(/This is a sandbox/).check();
  await callIt.click();

  await expect(action.getByText("Passed", { exact: true })).toBeVisible();
  await expect(action).toContainText("The same key again was answered with the same effect");
  await expect(action).toContainText("A key that was never used finds nothing");
  await expect(action).toContainText("message_id is required");
  await page.reload();
  await expect(action.getByText("Passed", { exact: true })).toBeVisible();
  await checkPage(page);
});
