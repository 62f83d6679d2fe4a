import { expect, test } from "@playwright/test";
import { aMessage, demoApp, emptyList } from "./demo-decisions";
import { listening, signedIn } from "./demo-people";

test("who leaves a review while their claim is on its way does not hold it", async ({ page, request }) => {
  const decision = await demoApp(request, "mail-guard").submit(aMessage(`Left early ${Date.now()}`));
  const id = decision.review?.id;
  await signedIn(page, "reviewer");
  let asked = () => {};
  const isAsked = new Promise<void>((resolve) => (asked = resolve));
  let letThrough = () => {};
  const wait = new Promise<void>((resolve) => (letThrough = resolve));
  await page.route(`**/reviews/${id}/claim`, async (route) => {
    asked();
    await wait;
    await route.continue();
  });
  await page.goto(`/inbox/${id}?${emptyList}`);
  await listening(page);
  await isAsked;
  await page.keyboard.press("Escape");
  await expect(page).toHaveURL(/\/inbox\?/);
  const released = page.waitForResponse(`**/reviews/${id}/release`);
  letThrough();
  expect((await released).ok()).toBe(true);
  const answer = await page.request.get(`/api/v1/reviews/${id}`);
  expect((await answer.json()) as object).toMatchObject({ status: "open", held_by: null });
});
