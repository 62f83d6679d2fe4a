import { expect } from "@playwright/test";
import { aMessage, demoApp } from "./demo-decisions";
import { aSubject, type Checks, heading, openAlive } from "./key-stage";
import { pressKey } from "./press-key";

/** What each key does that acts on every page, but for those that lead to a section. */
export const everywhere: Checks = {
  async palette(page) {
    await openAlive(page, "/decisions");
    await pressKey(page, "palette");
    const field = page.getByRole("combobox", { name: "Search or type a command" });
    await expect(field).toBeFocused();
    await field.fill("evaluation");
    await page.keyboard.press("Enter");
    await expect(page).toHaveURL(/\/evaluation/);
  },
  async help(page) {
    await openAlive(page, "/inbox");
    await pressKey(page, "help");
    await expect(page.getByRole("dialog", { name: "Keyboard shortcuts" })).toContainText("Command palette");
  },
  async search(page, request) {
    const subject = aSubject();
    const { id } = await demoApp(request, "mail-guard").submit(aMessage(subject));
    await openAlive(page, "/inbox");
    await pressKey(page, "search");
    await page.getByRole("combobox", { name: "Search or type a command" }).fill(id);
    await expect(page.getByRole("option").filter({ hasText: subject })).toBeVisible();
    await page.keyboard.press("Enter");
    await expect(heading(page)).toContainText(subject);
  },
  async theme(page) {
    await openAlive(page, "/inbox");
    await expect(async () => {
      await pressKey(page, "theme");
      await expect(page.getByRole("group", { name: "Theme and density" })).toBeVisible({ timeout: 500 });
    }).toPass();
  },
};
