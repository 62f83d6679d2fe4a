import { expect, type Locator, type Page } from "@playwright/test";
import { type KeyId, keysOf } from "@/lib/identity/key-map";

/** A key of the map as Playwright presses it: `$mod+k` is Control on this machine, a sign is what is printed. */
function pressesOf(keys: string): string[] {
  return keys.split(" ").map((press) =>
    press
      .replace("$mod", "Control")
      .replace(/\[\w+\]\+/g, "")
      .replace(/^Shift\+([a-z])$/, (_, letter: string) => `Shift+${letter.toUpperCase()}`),
  );
}

/** Presses the default keys of an action; `way` 1 is its second way, such as an arrow. */
export async function pressKey(page: Page, id: KeyId, way = 0): Promise<void> {
  const keys = keysOf({}, id)[way];
  if (keys === undefined) throw new Error(`${id} has no such key`);
  for (const press of pressesOf(keys)) await page.keyboard.press(press);
}

/** Presses a key until what it opens is there: a page is seen before it listens. Not for a key that acts twice. */
export async function pressUntil(page: Page, key: string, seen: Locator): Promise<void> {
  await expect(async () => {
    await page.keyboard.press(key);
    await expect(seen).toBeVisible({ timeout: 1000 });
  }).toPass({ timeout: 20_000 });
}
