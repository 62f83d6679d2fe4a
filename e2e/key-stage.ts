import { type APIRequestContext, expect, type Locator, type Page } from "@playwright/test";
import type { KeyId } from "@/lib/identity/key-map";
import { aMessage, demoApp } from "./demo-decisions";
import { pressKey } from "./press-key";

/** What a key does, seen from outside. */
export type Check = (page: Page, request: APIRequestContext) => Promise<void>;
export type Checks = Partial<Record<KeyId, Check>>;

export const heading = (page: Page) => page.getByRole("heading", { level: 1 });
export const messages = (page: Page) => page.getByRole("region", { name: "Messages" });
export const told = (page: Page, words: string | RegExp) =>
  expect(messages(page).getByText(words).first()).toBeVisible();
export const current = (page: Page) => page.locator("tr[aria-current=true]");
export const focused = (page: Page) =>
  page.evaluate(
    () => document.activeElement?.querySelector("h2")?.textContent ?? document.activeElement?.tagName,
  );

/** Opens a page and waits until it hears keys: what is pressed before is nobody's. */
export async function openAlive(page: Page, path: string): Promise<void> {
  await page.goto(path);
  await expect(async () => {
    await pressKey(page, "palette");
    await expect(page.getByRole("dialog")).toBeVisible({ timeout: 1000 });
  }).toPass();
  await page.keyboard.press("Escape");
  await expect(page.getByRole("dialog")).toHaveCount(0);
}

let made = 0;
export const aSubject = () => `Keys ${Date.now()} ${(made += 1)}`;

/** A fresh message on the screen, held by the reviewer; `text` is what it says. */
export async function aReview(page: Page, request: APIRequestContext, text?: string): Promise<string> {
  const subject = aSubject();
  const message = aMessage(subject);
  if (text) message.input.text = text;
  const { reviewPath } = await demoApp(request, "mail-guard").submit(message);
  await page.goto(reviewPath);
  await expect(heading(page)).toContainText(subject);
  await expect(page.getByText("Claimed by you")).toBeVisible();
  return subject;
}

/** The list of messages with one row under the keyboard. */
export async function aRow(page: Page, request: APIRequestContext): Promise<Locator> {
  for (let n = 0; n < 3; n += 1) await demoApp(request, "mail-guard").submit(aMessage(aSubject()));
  await page.goto("/inbox?tab=unclaimed&type=message.quarantine");
  await expect(page.getByRole("table", { name: "Reviews" })).toBeVisible();
  await expect(async () => {
    await pressKey(page, "next");
    await expect(current(page)).toHaveCount(1, { timeout: 500 });
  }).toPass();
  return current(page);
}
