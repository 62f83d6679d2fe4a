import { expect, test } from "@playwright/test";
import { aMessage, demoApp } from "./demo-decisions";
import { signInAs } from "./demo-people";

test("the last verdict is taken back from the list that follows it, and its review is there again", async ({
  page,
  request,
}) => {
  const decision = await demoApp(request, "mail-guard").submit(aMessage(`Undo on the list ${Date.now()}`));
  const path = `/inbox/${decision.review?.id}`;
  // The tab of what sleeps has no next one: a verdict leads back to the list.
  await signInAs(page, "reviewer", `${path}?tab=snoozed`);
  await expect(page.getByRole("toolbar", { name: "Verdict" })).toBeVisible();
  await expect(page).toHaveTitle(/Undo on the list .* · Review · Countersign/);
  await page.waitForTimeout(300);
  await page.keyboard.press("a");
  await expect(page).toHaveURL(/\/inbox\?/);
  await expect(page.getByText("Takes effect in")).toBeVisible();
  // The list hears keys once it is there.
  await expect(page.getByRole("link", { name: /^Unclaimed/ })).toBeVisible();
  await page.keyboard.press("z");
  await expect(page).toHaveURL(new RegExp(path));
  await expect(page.getByRole("toolbar", { name: "Verdict" })).toBeVisible();
  const answer = await page.request.get(`/api/v1/reviews/${decision.review?.id}`);
  expect((await answer.json()) as object).toMatchObject({ verdict: null, staged: null });
});

test("without a connection the page says so, and a verdict that was not sent is not lost sight of", async ({
  page,
  request,
}) => {
  const decision = await demoApp(request, "mail-guard").submit(aMessage(`Offline ${Date.now()}`));
  await signInAs(page, "reviewer", `/inbox/${decision.review?.id}?tab=snoozed`);
  await expect(page.getByText("Claimed by you")).toBeVisible();
  await page.context().setOffline(true);
  await expect(page.getByText("You are offline.")).toBeVisible();
  await page.keyboard.press("a");
  await expect(page.getByText("The server could not be reached.", { exact: false })).toBeVisible();
  await expect(page.getByRole("toolbar", { name: "Verdict" })).toBeVisible();
  expect(new URL(page.url()).pathname).toBe(`/inbox/${decision.review?.id}`);
  await page.context().setOffline(false);
  await expect(page.getByText("You are offline.")).toBeHidden();
});
