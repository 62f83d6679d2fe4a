import { expect, test } from "@playwright/test";
import { signedIn } from "./demo-people";

test("a key that goes down before the page can hear it is not lost", async ({ page }) => {
  await signedIn(page, "reviewer");
  let release = () => {};
  const held = new Promise<void>((resolve) => (release = resolve));
  await page.route("**/_next/static/**/*.js", async (route) => {
    await held;
    await route.continue();
  });
  await page.goto("/decisions", { waitUntil: "commit" });
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  await page.keyboard.press("?");
  release();
  await expect(page.getByRole("dialog")).toBeVisible();
});
