import { expect, type Page } from "@playwright/test";
import { axeFinds } from "./axe";

/** Axe finds nothing, in both themes; the page does not scroll sideways on a phone, and became live as it was sent. */
export async function checkPage(page: Page): Promise<void> {
  await expectHydrated(page);
  for (const colorScheme of ["light", "dark"] as const) {
    // Nothing moves while it is looked at: a colour half-way between two themes is nobody's.
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    await expect(page.locator("html")).toHaveClass(new RegExp(`\\b${colorScheme}\\b`));
    // The title of one thing comes with the page's data, anew after a save.
    await expect(page).toHaveTitle(/\S/);
    // A theme changes colours and nothing else.
    const violations = await axeFinds(page, (axe) =>
      colorScheme === "dark" ? axe.withRules(["color-contrast"]) : axe,
    );
    const found = violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(" | ")}`);
    expect(found, `axe on ${page.url()}, ${colorScheme}`).toEqual([]);
  }
  const size = page.viewportSize();
  await page.setViewportSize({ width: 390, height: 844 });
  await expectNoSidewaysScroll(page);
  if (size) await page.setViewportSize(size);
}

/** Charts follow a new width a moment later, so the page is given that moment. */
export async function expectNoSidewaysScroll(page: Page): Promise<void> {
  const wide = () =>
    page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  await expect.poll(wide, { message: `${page.url()} scrolls sideways`, timeout: 5000 }).toBe(0);
}

/** How React says that the browser drew something else than the server: in words, or by number where it is built. */
const drawnDifferently = /hydrat|did ?n[o']t match|Minified React error #(?:418|419|421|422|423|425)\b/i;

/**
 * What the server sent is what the browser drew, since the page was opened: a date in another zone, a number in another
 * language or a random id is said by React once, and never seen again.
 */
export async function expectHydrated(page: Page): Promise<void> {
  const said = (await page.consoleMessages()).filter((message) => message.type() === "error");
  const thrown = await page.pageErrors();
  const texts = [...said.map((message) => message.text()), ...thrown.map(({ message }) => message)];
  const differing = texts.filter((text) => drawnDifferently.test(text));
  expect(differing, `${page.url()} is drawn differently by server and browser`).toEqual([]);
}
