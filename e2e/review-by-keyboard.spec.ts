import { expect, type Page, test } from "@playwright/test";
import { checkPage } from "./check-page";
import { aMessage, aRefund, demoApp } from "./demo-decisions";
import { signInAs } from "./demo-people";

/** Counts every pointer press from now on, over page loads too. */
async function countPointerEvents(page: Page): Promise<() => Promise<number>> {
  await page.addInitScript(() => {
    window.addEventListener(
      "pointerdown",
      () => sessionStorage.setItem("pointers", String(Number(sessionStorage.getItem("pointers") ?? 0) + 1)),
      { capture: true },
    );
  });
  return () => page.evaluate(() => Number(sessionStorage.getItem("pointers") ?? 0));
}

const messages = (page: Page) => page.getByRole("region", { name: "Messages" });
const heading = (page: Page) => page.getByRole("heading", { level: 1 });

test("a reviewer approves with one key, sees the next at once, and never touches the pointer", async ({
  page,
  request,
}) => {
  const mailGuard = demoApp(request, "mail-guard");
  const subject = `Keyboard ${Date.now()}`;
  const decision = await mailGuard.submit(aMessage(subject));
  await mailGuard.submit(aMessage(`${subject} next`));
  await signInAs(page, "reviewer");
  const pointerEvents = await countPointerEvents(page);
  const dialogs: string[] = [];
  page.on("dialog", (dialog) => {
    dialogs.push(dialog.message());
    void dialog.dismiss();
  });
  await page.goto(decision.reviewPath);
  await expect(heading(page)).toContainText(subject);
  await expect(page.getByText("Claimed by you")).toBeVisible();
  await checkPage(page);
  await page.keyboard.press("a");
  await expect(heading(page)).not.toContainText(`${subject}”`);
  await expect(messages(page).getByText("Approved", { exact: true })).toBeVisible();
  await expect.poll(() => mailGuard.statusOf(decision.id), { timeout: 30_000 }).toBe("approved");
  expect(await pointerEvents()).toBe(0);
  expect(dialogs, "the text of a decision never acts").toEqual([]);
});

test("a verdict can be taken back for a few seconds, and then given otherwise", async ({ page, request }) => {
  const mailGuard = demoApp(request, "mail-guard");
  const subject = `Undo ${Date.now()}`;
  const decision = await mailGuard.submit(aMessage(subject));
  await signInAs(page, "reviewer", decision.reviewPath);
  await expect(heading(page)).toContainText(subject);
  await expect(page.getByText("Claimed by you")).toBeVisible();
  await page.keyboard.press("a");
  await expect(messages(page).getByText("Takes effect in")).toBeVisible();
  await page.keyboard.press("z");
  await expect(messages(page).getByText("Taken back", { exact: true })).toBeVisible();
  await expect(heading(page)).toContainText(subject);
  await page.keyboard.press("d");
  await expect(page.getByRole("region", { name: "Reason" })).toBeVisible();
  await page.keyboard.press("1");
  await expect(messages(page).getByText("Declined", { exact: true })).toBeVisible();
  await expect.poll(() => mailGuard.statusOf(decision.id), { timeout: 30_000 }).toBe("declined");
});

test("what is above the cap takes two keys, and an edit is checked before it counts", async ({
  page,
  request,
}) => {
  const desk = demoApp(request, "refund-desk");
  const decision = await desk.submit(aRefund(`INV-KEYS-${Date.now()}`, 60_000));
  await signInAs(page, "reviewer", decision.reviewPath);
  await expect(page.getByText("Claimed by you")).toBeVisible();
  const sentence = await heading(page).innerText();
  await page.keyboard.press("a");
  await page.keyboard.press("e");
  const form = page.getByRole("form", { name: "Edit the proposal" });
  const amount = form.getByLabel("amount");
  await amount.fill("0");
  await amount.press("Control+Enter");
  await expect(form.getByText(/at least 1|>= 1|minimum/i)).toBeVisible();
  await amount.fill("0.50");
  await expect(page.getByRole("region", { name: "Proposal" }).getByText("€0.50")).toBeVisible();
  // The first leaves the field, the second the form.
  await page.keyboard.press("Escape");
  await expect(form).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(form).toHaveCount(0);
  expect(await heading(page).innerText()).toBe(sentence);
  await page.keyboard.press("d");
  await expect(page.getByRole("region", { name: "Reason" })).toBeVisible();
  await page.keyboard.press("1");
  await expect.poll(() => desk.statusOf(decision.id), { timeout: 30_000 }).toBe("declined");
});

test("the list is walked, and a review opened and left, by keys", async ({ page, request }) => {
  await demoApp(request, "mail-guard").submit(aMessage(`List ${Date.now()}`));
  await signInAs(page, "reviewer", "/inbox");
  await expect(heading(page)).toHaveText("Inbox");
  await checkPage(page);
  await expect(async () => {
    await page.keyboard.press("j");
    await expect(page.locator("tr[aria-current=true]")).toHaveCount(1, { timeout: 500 });
  }).toPass();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("toolbar", { name: "Verdict" })).toBeVisible();
  await page.keyboard.press("?");
  await expect(page.getByRole("dialog")).toContainText("Raw evidence");
  await page.keyboard.press("Escape");
  await expect(page.getByRole("dialog")).toHaveCount(0);
  await page.keyboard.press("Escape");
  await expect(heading(page)).toHaveText("Inbox");
});

test("an app's key can neither see a review nor rule on it", async ({ request }) => {
  const mailGuard = demoApp(request, "mail-guard");
  const { review } = await mailGuard.submit(aMessage("Key"));
  const headers = mailGuard.key;
  const answers = await Promise.all([
    request.get("/api/v1/reviews", { headers }),
    request.get(`/api/v1/reviews/${review?.id}`, { headers }),
    request.post("/api/v1/reviews/claim", { headers, data: {} }),
    request.post(`/api/v1/reviews/${review?.id}/claim`, { headers }),
    request.post(`/api/v1/reviews/${review?.id}/heartbeat`, { headers }),
    request.post(`/api/v1/reviews/${review?.id}/release`, { headers }),
    request.post(`/api/v1/reviews/${review?.id}/snooze`, { headers, data: { minutes: 5 } }),
    request.post(`/api/v1/reviews/${review?.id}/verdict`, { headers, data: { verdict: "approve" } }),
    request.delete(`/api/v1/reviews/${review?.id}/verdict`, { headers }),
  ]);
  expect(answers.map((answer) => answer.status())).toEqual(Array.from({ length: 9 }, () => 403));
});
