import { expect, test } from "@playwright/test";
import { expectHydrated } from "./check-page";

const built = "Minified React error #418; visit https://react.dev/errors/418";
const spoken = "A tree hydrated but some attributes of the server rendered HTML didn't match";

for (const text of [built, spoken]) {
  test(`a page of which React says “${text.slice(0, 24)}…” is not let through`, async ({ page }) => {
    await page.goto("/api/health");
    await expectHydrated(page);
    await page.evaluate((said) => reportError(new Error(said)), text);
    await expect(expectHydrated(page)).rejects.toThrow("drawn differently");
  });
}
