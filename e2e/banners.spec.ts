import { expect, test } from "@playwright/test";
import { checkPage } from "./check-page";
import { aMessage, demoApp } from "./demo-decisions";
import { listening, signedIn, signInAs } from "./demo-people";
import { ownPages } from "./own-pages";
import { resumeAll } from "./resume-all";

test.afterEach(({ browser, baseURL }) => resumeAll(browser, baseURL));

test("whatever banners stand above a review, its verdict bar stays in the window", async ({
  page,
  request,
}) => {
  await signInAs(page, "reviewer", "/apps");
  await page.getByRole("button", { name: "Stop everything" }).click();
  await page.getByRole("dialog").getByLabel("Reason").fill("Looking at what stands above a page. ".repeat(8));
  await page.getByRole("button", { name: "Stop automation" }).click();
  await expect(page.getByRole("region", { name: "Automation stopped" })).toBeVisible();

  const decision = await demoApp(request, "mail-guard").submit(aMessage(`Banners ${Date.now()}`));
  await page.goto(`/inbox/${decision.review?.id}`);
  await listening(page);
  await page.context().setOffline(true);
  await expect(page.getByText("You are offline.")).toBeVisible();
  for (const width of [1440, 390]) {
    await page.setViewportSize({ width, height: 900 });
    await expect(page.getByRole("toolbar", { name: "Verdict" })).toBeInViewport({ ratio: 1 });
  }
  await page.setViewportSize({ width: 1440, height: 900 });
  // On a wide screen the zones scroll, and the page does not.
  expect(await page.evaluate(() => document.documentElement.scrollHeight - window.innerHeight)).toBe(0);
});

test("a reason as long as reasons may be leaves a phone its page, and is there for who asks", async ({
  page,
}) => {
  await signedIn(page, "reviewer");
  const reason = `${"unbroken".repeat(60)} ${"Refunds went out twice since noon. ".repeat(14)}The end.`;
  const data = { scope: "global", reason };
  expect((await page.request.post("/api/v1/stops", { data, headers: ownPages })).ok()).toBe(true);
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto("/decisions");
  const banner = page.getByRole("region", { name: "Automation stopped" });
  expect((await banner.boundingBox())?.height).toBeLessThan(844 / 4);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
  await expect(banner.getByText("The end.")).toBeHidden();
  await banner.getByText("Whole reason").click();
  await expect(banner.getByText("The end.")).toBeVisible();
  await checkPage(page);
});
