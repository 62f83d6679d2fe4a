import { type APIRequestContext, expect, type Page, test } from "@playwright/test";
import { anotherPerson } from "./another-person";
import { aMessage, aRefund, demoApp, emptyList } from "./demo-decisions";
import { listening, signedIn, signInAs } from "./demo-people";
import { ownPages } from "./own-pages";

/** A message that waits, and the page on which its reviewer holds it. */
async function held(page: Page, request: APIRequestContext, subject: string) {
  const decision = await demoApp(request, "mail-guard").submit(aMessage(`${subject} ${Date.now()}`));
  await page.goto(`/inbox/${decision.review?.id}?${emptyList}`);
  await listening(page);
  await expect(page.getByText("Claimed by you")).toBeVisible();
  return { reviewId: decision.review?.id, decisionId: decision.id };
}

async function reviewOf(page: Page, reviewId: string | undefined): Promise<object> {
  return (await (await page.request.get(`/api/v1/reviews/${reviewId}`)).json()) as object;
}

const kept = (page: Page) => page.getByText(/^\d+ verdicts? (is|are) kept on this device/);

test("a verdict given without a connection survives the page, and is given once when there is one", async ({
  page,
  request,
}) => {
  await signedIn(page, "reviewer");
  const { reviewId, decisionId } = await held(page, request, "Kept");
  await page.context().setOffline(true);
  await expect(page.getByText("You are offline.")).toBeVisible();
  await page.keyboard.press("a");
  await expect(kept(page)).toHaveText(/^1 verdict is kept/);
  // Nothing rules on it a second time.
  await page.keyboard.press("a");
  await expect(page.getByRole("button", { name: /^Approve/ })).toBeDisabled();
  await expect(kept(page)).toHaveText(/^1 verdict is kept/);
  await page.close();

  const later = await page.context().newPage();
  await page.context().setOffline(false);
  await later.goto("/decisions");
  await expect(later.getByText("Takes effect in")).toBeVisible();
  await expect(kept(later)).toBeHidden();
  await expect.poll(() => demoApp(request, "mail-guard").statusOf(decisionId)).toBe("approved");
  expect(await reviewOf(later, reviewId)).toMatchObject({ status: "resolved", verdict: "approve" });
  const history = ((await reviewOf(later, reviewId)) as { history: { type: string }[] }).history;
  expect(history.filter(({ type }) => type === "review.staged")).toHaveLength(1);
});

test("back online the person is told what was given, and what somebody else ruled meanwhile", async ({
  page,
  request,
  browser,
  baseURL,
}) => {
  await signedIn(page, "reviewer");
  const mine = await held(page, request, "Mine offline");
  // The claim of the second never arrives: it is anybody's.
  const second = await page.context().newPage();
  await second.route("**/claim", (route) => route.abort());
  const theirs = await demoApp(request, "mail-guard").submit(aMessage(`Theirs ${Date.now()}`));
  await second.goto(`/inbox/${theirs.review?.id}?${emptyList}`);
  await listening(second);
  const other = await anotherPerson(browser, baseURL, { role: "reviewer", name: "Bo Elsewhere" });

  await page.context().setOffline(true);
  for (const tab of [page, second]) {
    await tab.bringToFront();
    await tab.keyboard.press("a");
    await expect(kept(tab)).toBeVisible();
  }
  const verdict = { verdict: "decline", note: "It is a newsletter" };
  const answer = await other.request.post(`/api/v1/reviews/${theirs.review?.id}/verdict`, {
    data: verdict,
    headers: ownPages,
  });
  expect(answer.ok(), await answer.text()).toBe(true);
  await page.context().setOffline(false);

  await expect(page.getByText(/Not given: this verdict changed nothing/)).toBeVisible();
  await expect(page.getByText(/Bo Elsewhere declined this/).first()).toBeVisible();
  expect(await reviewOf(page, mine.reviewId)).toMatchObject({ staged: { verdict: "approve" } });
  expect(await reviewOf(page, theirs.review?.id)).toMatchObject({ verdict: "decline" });
  // It stays, over a reload too, until it is read.
  await page.reload();
  await page.getByRole("button", { name: "Dismiss" }).last().click();
  await expect(page.getByText(/Not given/)).toBeHidden();
  await other.context().close();
});

test("what is kept is taken back without a connection, and then is not given", async ({ page, request }) => {
  await signedIn(page, "reviewer");
  const { reviewId } = await held(page, request, "Taken back offline");
  await page.context().setOffline(true);
  await page.keyboard.press("a");
  await expect(kept(page)).toBeVisible();
  await page.keyboard.press("z");
  await expect(kept(page)).toBeHidden();
  await page.context().setOffline(false);
  await expect(page.getByText("You are offline.")).toBeHidden();
  await page.reload();
  await expect(page.getByRole("toolbar", { name: "Verdict" })).toBeVisible();
  expect(await reviewOf(page, reviewId)).toMatchObject({ verdict: null, staged: null });
});

test("what takes two keys is not kept, and says so", async ({ page, request }) => {
  const decision = await demoApp(request, "refund-desk").submit(aRefund("INV-0001", 60_000));
  await signInAs(page, "reviewer", `/inbox/${decision.review?.id}?${emptyList}`);
  await expect(page.getByText("Claimed by you")).toBeVisible();
  await page.context().setOffline(true);
  await page.keyboard.press("Control+Enter");
  await expect(page.getByText(/is approved with a connection only/)).toBeVisible();
  await expect(kept(page)).toBeHidden();
  await page.context().setOffline(false);
  expect(await reviewOf(page, decision.review?.id)).toMatchObject({ verdict: null, staged: null });
});
