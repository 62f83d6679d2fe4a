import { expect, test } from "@playwright/test";
import { listening, signInAs } from "./demo-people";
import { resumeAll } from "./resume-all";

test.afterEach(({ browser, baseURL }) => resumeAll(browser, baseURL));

test("the page stands still behind a dialog, also after something on it has changed", async ({ page }) => {
  const refused: string[] = [];
  page.on("console", (message) => {
    if (message.text().includes("Content Security Policy")) refused.push(message.text());
  });
  await signInAs(page, "reviewer", "/apps");
  await listening(page);
  await page.getByRole("button", { name: "Stop everything" }).click();
  await page.getByRole("dialog").getByLabel("Reason").fill("To have the page read again");
  await page.getByRole("button", { name: "Stop automation" }).click();
  // The page was read again, with a nonce that is not this document's.
  await expect(page.getByRole("region", { name: "Automation stopped" })).toBeVisible();
  await expect(page.getByRole("dialog")).toHaveCount(0);
  await page.keyboard.press("ControlOrMeta+k");
  await expect(page.getByRole("dialog", { name: "Go to, or do" })).toBeVisible();
  await expect(page.locator("body")).toHaveCSS("overflow", "hidden");
  expect(refused).toEqual([]);
});
