import { expect, type Page, test } from "@playwright/test";
import { keyIds } from "@/lib/identity/key-map";
import { checkPage } from "./check-page";
import { signedIn } from "./demo-people";
import { aReview, heading, openAlive, told } from "./key-stage";
import { pressKey } from "./press-key";

test.describe("a person's own keys", () => {
  const row = (page: Page, label: string) =>
    page.getByRole("listitem").filter({ has: page.getByText(label, { exact: true }) });
  const single = (page: Page) => page.getByRole("switch", { name: "Single-key shortcuts" });

  /** The server has it: what is shown at once could still be refused. */
  const kept = (page: Page) =>
    page.waitForResponse(
      (answer) => answer.request().method() === "POST" && answer.url().includes("/settings/keyboard"),
    );

  async function settle(page: Page): Promise<void> {
    await openAlive(page, "/settings/keyboard");
    const reset = page.getByRole("button", { name: "Reset all" });
    for (const change of [single(page), reset]) {
      const asItWas = change === reset ? await reset.isDisabled() : await change.isChecked();
      if (asItWas) continue;
      const done = kept(page);
      await change.click();
      await done;
    }
    await expect(single(page)).toBeChecked();
    await expect(reset).toBeDisabled();
  }

  test("switched off, no single key acts, and those with a modifier still do", async ({ page, request }) => {
    await signedIn(page, "reviewer");
    await settle(page);
    await checkPage(page);
    const off = kept(page);
    await single(page).click();
    await off;
    await expect(single(page)).not.toBeChecked();
    const subject = await aReview(page, request);
    const address = page.url();
    await expect(page.getByRole("button", { name: "Approve", exact: true })).not.toHaveAttribute(
      "aria-keyshortcuts",
    );
    await page.waitForTimeout(150);
    const ids = keyIds.filter((id) => !["submit", "palette", "note.save", "back"].includes(id));
    for (const id of ids) await pressKey(page, id);
    await expect(heading(page)).toContainText(subject);
    expect(page.url()).toBe(address);
    await expect(page.getByRole("region", { name: /^(Reason|Respond|Snooze|Forward)$/ })).toHaveCount(0);
    await expect(page.getByRole("form", { name: "Edit the proposal" })).toHaveCount(0);
    await expect(page.getByRole("dialog")).toHaveCount(0);
    await pressKey(page, "palette");
    await expect(page.getByRole("dialog")).toBeVisible();
    await settle(page);
  });

  test("a new key acts at once in place of the old one, and follows to another browser", async ({
    page,
    request,
    browser,
    baseURL,
  }) => {
    await signedIn(page, "reviewer");
    await settle(page);
    await page.getByRole("button", { name: "Change the key of Approve", exact: true }).click();
    const field = page.getByLabel("New key of Approve");
    await expect(field).toBeFocused();
    await page.keyboard.press("d");
    await expect(page.getByRole("main").getByRole("alert")).toContainText("Decline");
    await page.keyboard.press("Control+w");
    await expect(page.getByRole("main").getByRole("alert")).toContainText("browser");
    const changed = kept(page);
    await page.keyboard.press("y");
    await changed;
    await expect(row(page, "Approve").getByText("Y", { exact: true })).toBeVisible();

    const elsewhere = await (await browser.newContext({ baseURL })).newPage();
    await signedIn(elsewhere, "reviewer");
    const subject = await aReview(elsewhere, request);
    const approve = elsewhere.getByRole("button", { name: "Approve", exact: true });
    await expect(approve).toHaveAttribute("aria-keyshortcuts", "Y");
    await pressKey(elsewhere, "help");
    await expect(elsewhere.getByRole("region", { name: "Review", exact: true })).toContainText("Y");
    await elsewhere.keyboard.press("Escape");
    await pressKey(elsewhere, "approve");
    await expect(heading(elsewhere)).toContainText(subject);
    await elsewhere.keyboard.press("y");
    await told(elsewhere, "Approved");
    await elsewhere.context().close();
    await settle(page);
    await expect(row(page, "Approve").getByText("A", { exact: true })).toBeVisible();
  });
});
