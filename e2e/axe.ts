import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import AxeBuilder from "@axe-core/playwright";
import type { Page } from "@playwright/test";

type Finding = Awaited<ReturnType<AxeBuilder["analyze"]>>["violations"][number];

/** The builder's own axe. */
const { resolve } = createRequire(createRequire(import.meta.url).resolve("@axe-core/playwright"));
const source = readFileSync(resolve("axe-core/axe.min.js"), "utf8");

/**
 * What axe objects to on a page as it is drawn now; `narrow` names its rules, otherwise all. It finds whatever it would
 * find by itself, and describes nothing else: what passes is as long as the page.
 */
export async function axeFinds(page: Page, narrow = (axe: AxeBuilder) => axe): Promise<Finding[]> {
  // Half a megabyte, which the builder would send twice each time.
  if (!(await page.evaluate(() => "axe" in window))) await page.evaluate(source);
  const axe = new AxeBuilder({ page, axeSource: ";" })
    // Our pages hold no frames: without looking for them no second page is opened for each look.
    .setLegacyMode()
    .options({ resultTypes: ["violations"] });
  return (await narrow(axe).analyze()).violations;
}
