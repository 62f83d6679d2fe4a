import { expect, test } from "@playwright/test";
import { aMessage, demoApp, emptyList } from "./demo-decisions";
import { signInAs } from "./demo-people";

test("the last verdict is taken back from the list that follows it, and its review is there again", async ({
  page,
  request,
}) => {
  const decision = await demoApp(request, "mail-guard").submit(aMessage(`Undo on the list ${Date.now()}`));
  const path = `/inbox/${decision.review?.id}`;
  await signInAs(page, "reviewer", `${path}?${emptyList}`);
  await expect(page.getByRole("toolbar", { name: "Verdict" })).toBeVisible();
  await expect(page).toHaveTitle(/Undo on the list .* · Review · Countersign/);
  await page.waitForTimeout(300);
  await page.keyboard.press("a");
  await expect(page).toHaveURL(/\/inbox\?/);
  await expect(page.getByText("Takes effect in")).toBeVisible();
  await page.keyboard.press("z");
  await expect(page).toHaveURL(new RegExp(path));
  await expect(page.getByRole("toolbar", { name: "Verdict" })).toBeVisible();
  const answer = await page.request.get(`/api/v1/reviews/${decision.review?.id}`);
  expect((await answer.json()) as object).toMatchObject({ verdict: null, staged: null });
});

test("while the list is on its way the verdict just given is taken back all the same", async ({
  page,
  request,
}) => {
  const decision = await demoApp(request, "mail-guard").submit(
    aMessage(`Undo before the list ${Date.now()}`),
  );
  const path = `/inbox/${decision.review?.id}`;
  await signInAs(page, "reviewer", `${path}?${emptyList}`);
  await expect(page.getByText("Claimed by you")).toBeVisible();
  let letThrough = () => {};
  const wait = new Promise<void>((resolve) => (letThrough = resolve));
  // The list's own rows; what leads to it is there already.
  await page.route(/\/inbox\?.*_rsc=/, async (route) => {
    await wait;
    await route.continue().catch(() => undefined);
  });
  await page.keyboard.press("a");
  await expect(page.getByText("Takes effect in")).toBeVisible();
  await page.keyboard.press("z");
  await expect(page.getByText("Taken back", { exact: true })).toBeVisible();
  letThrough();
  await expect(page).toHaveURL(new RegExp(path));
  await expect(page.getByRole("toolbar", { name: "Verdict" })).toBeVisible();
  const answer = await page.request.get(`/api/v1/reviews/${decision.review?.id}`);
  expect((await answer.json()) as object).toMatchObject({ verdict: null, staged: null });
});
