import { expect, type Page, test } from "@playwright/test";
import { anotherPerson } from "./another-person";
import { aMessage, demoApp } from "./demo-decisions";
import { listening, signedIn, signInAs } from "./demo-people";

const messages = (page: Page) => page.getByRole("region", { name: "Messages" });

test("of two reviewers who rule in the same moment one wins, and the other is told who and how", async ({
  page: ana,
  browser,
  baseURL,
  request,
}) => {
  const mailGuard = demoApp(request, "mail-guard");
  const subject = `Race ${Date.now()}`;
  const decision = await mailGuard.submit(aMessage(subject));
  const bo = await anotherPerson(browser, baseURL, { role: "reviewer", name: "Bo Race" });
  await signedIn(ana, "reviewer");
  // Neither holds it: both look at it within the same second.
  for (const page of [ana, bo]) {
    await page.route("**/api/v1/reviews/*/claim", (route) => route.abort());
    await page.goto(decision.reviewPath);
    await expect(page.getByRole("heading", { level: 1 })).toContainText(subject);
    await expect(page.getByRole("button", { name: "Approve" })).toBeEnabled();
    await listening(page);
  }
  await ana.waitForTimeout(300);
  await Promise.all([ana.keyboard.press("a"), bo.keyboard.press("a")]);
  const won = (page: Page) => messages(page).getByText("Approved", { exact: true });
  const lost = (page: Page) => messages(page).getByText(/ approved this \d+ s ago/);
  // At once for both: the winner's message goes away by itself.
  const outcomes = await Promise.all(
    [ana, bo].map(async (page) => {
      await expect(won(page).or(lost(page))).toBeVisible();
      return (await lost(page).count()) === 1 ? "lost" : "won";
    }),
  );
  expect(new Set(outcomes)).toEqual(new Set(["won", "lost"]));
  await expect.poll(() => mailGuard.statusOf(decision.id), { timeout: 30_000 }).toBe("approved");
  await bo.context().close();
});

test("who holds a review is named to everybody else, who can read it and not rule", async ({
  page: ana,
  browser,
  baseURL,
  request,
}) => {
  const subject = `Held ${Date.now()}`;
  const decision = await demoApp(request, "mail-guard").submit(aMessage(subject));
  const bo = await anotherPerson(browser, baseURL, { role: "reviewer", name: "Bo Holder" });
  await bo.goto(decision.reviewPath);
  await expect(bo.getByText("Claimed by you")).toBeVisible();
  await signInAs(ana, "reviewer", decision.reviewPath);
  await expect(ana.getByText("Bo Holder holds this")).toBeVisible();
  await expect(ana.getByRole("button", { name: "Approve" })).toBeDisabled();
  await ana.keyboard.press("a");
  await expect(ana.getByRole("heading", { level: 1 })).toContainText(subject);
  // Leaving gives it back, and the one who waits hears of it.
  await bo.keyboard.press("Escape");
  await expect(ana.getByRole("button", { name: "Approve" })).toBeEnabled();
  await bo.context().close();
});
