import { type APIRequestContext, expect, type Page } from "@playwright/test";
import { type KeyId, picks } from "@/lib/identity/key-map";
import { aRefund, demoApp } from "./demo-decisions";
import { aReview, type Check, type Checks, focused, heading, messages, told } from "./key-stage";
import { pressKey, pressUntil } from "./press-key";

const picking = Object.fromEntries(
  picks.map((id, at): [KeyId, Check] => [
    id,
    async (page, request) => {
      await aReview(page, request);
      await pressKey(page, "decline");
      const reasons = page.getByRole("list", { name: "Reasons" }).getByRole("button");
      await expect(reasons.first()).toBeVisible();
      const isReason = at < (await reasons.count());
      await page.waitForTimeout(150);
      await pressKey(page, id);
      // A digit beyond the reasons answers nothing.
      if (isReason) await told(page, "Declined");
      else await expect(page.getByRole("region", { name: "Reason" })).toBeVisible();
    },
  ]),
);

const pathOf = (page: Page) => new URL(page.url()).pathname;

/** Opens the first review that one walks through; answers its address and that of the one after it. */
async function twoInARow(page: Page, request: APIRequestContext): Promise<[string, string]> {
  await aReview(page, request);
  const answer = await page.request.get("/api/v1/reviews?tab=available&limit=2");
  const { data } = (await answer.json()) as { data: { id: string }[] };
  const [first = "", second = ""] = data.map(({ id }) => `/inbox/${id}`);
  await page.goto(`${first}?tab=unclaimed`);
  await expect(page.getByText("Claimed by you")).toBeVisible();
  return [first, second];
}

/** What each key of a review does, seen from outside. */
export const onReview: Checks = {
  async approve(page, request) {
    const subject = await aReview(page, request);
    await pressKey(page, "approve");
    await told(page, "Approved");
    await expect(heading(page)).not.toContainText(subject);
  },
  async decline(page, request) {
    await aReview(page, request);
    await pressKey(page, "decline");
    await expect(page.getByRole("region", { name: "Reason" })).toBeVisible();
    await pressKey(page, "decline");
    await expect(page.getByRole("region", { name: "Reason" })).toHaveCount(0);
  },
  async "pick.1"(page, request) {
    await aReview(page, request);
    await pressKey(page, "decline");
    await expect(page.getByRole("list", { name: "Reasons" })).toBeVisible();
    await pressKey(page, "pick.1");
    await told(page, "Declined");
  },
  async edit(page, request) {
    await aReview(page, request);
    await pressKey(page, "edit");
    await expect(page.getByRole("form", { name: "Edit the proposal" })).toBeVisible();
    // The first leaves the field, the second the form.
    await pressKey(page, "back");
    await pressKey(page, "back");
    await expect(page.getByRole("form", { name: "Edit the proposal" })).toHaveCount(0);
  },
  async respond(page, request) {
    await aReview(page, request);
    await pressKey(page, "respond");
    await expect(page.getByRole("region", { name: "Respond" }).getByLabel("Your answer")).toBeFocused();
  },
  async submit(page, request) {
    await aReview(page, request);
    await pressKey(page, "decline");
    const own = page.getByRole("region", { name: "Reason" }).getByRole("textbox");
    await own.focus();
    await page.keyboard.type("keys a and d are letters here");
    await pressKey(page, "submit");
    await told(page, "Declined");
    const { reviewPath } = await demoApp(request, "refund-desk").submit(aRefund(`INV-${Date.now()}`, 60_000));
    await page.goto(reviewPath);
    await expect(page.getByText("Claimed by you")).toBeVisible();
    await page.waitForTimeout(150);
    await pressKey(page, "approve");
    await expect(messages(page).getByText("Approved", { exact: true })).toHaveCount(0);
    await pressKey(page, "submit");
    await expect(
      messages(page)
        .getByText(/Approved|system|seen/)
        .first(),
    ).toBeVisible();
  },
  async forward(page, request) {
    await aReview(page, request);
    await pressKey(page, "forward");
    await expect(page.getByRole("region", { name: "Forward" })).toBeVisible();
  },
  async snooze(page, request) {
    await aReview(page, request);
    await pressKey(page, "snooze");
    await expect(page.getByRole("region", { name: "Snooze" })).toBeVisible();
    await pressKey(page, "pick.1");
    await told(page, /Snoozed/);
  },
  async claim(page, request) {
    // What sleeps is not claimed by looking at it.
    await aReview(page, request);
    const { pathname } = new URL(page.url());
    await pressKey(page, "snooze");
    await expect(page.getByRole("region", { name: "Snooze" })).toBeVisible();
    await pressKey(page, "pick.1");
    await told(page, /Snoozed/);
    await page.goto(pathname);
    await expect(page.getByText("it comes back")).toBeVisible();
    await pressUntil(page, "m", page.getByText("Claimed by you"));
  },
  async lease(page, request) {
    await aReview(page, request);
    await pressKey(page, "lease");
    await told(page, "Your claim is extended");
  },
  async skip(page, request) {
    const subject = await aReview(page, request);
    await pressKey(page, "skip");
    await told(page, /Skipped/);
    await expect(heading(page)).not.toContainText(subject);
  },
  async undo(page, request) {
    const subject = await aReview(page, request);
    await pressKey(page, "approve");
    await told(page, "Approved");
    await pressKey(page, "undo");
    await told(page, "Taken back");
    await expect(heading(page)).toContainText(subject);
  },
  async more(page, request) {
    await aReview(page, request);
    await pressKey(page, "more");
    const panel = page.getByRole("group", { name: "More actions" });
    await expect(panel).toBeVisible();
    await expect(panel.getByRole("button", { name: "Respond without acting" })).toBeFocused();
  },
  async next(page, request) {
    const [first, second] = await twoInARow(page, request);
    await pressKey(page, "next");
    await expect.poll(() => pathOf(page)).toBe(second);
    await pressKey(page, "previous");
    await expect.poll(() => pathOf(page)).toBe(first);
    await pressKey(page, "next", 1);
    await pressKey(page, "previous", 1);
    await expect.poll(() => pathOf(page)).toBe(first);
  },
  async previous(page, request) {
    const [first, second] = await twoInARow(page, request);
    await page.goto(`${second}?tab=unclaimed`);
    await expect(page.getByText("Claimed by you")).toBeVisible();
    await pressKey(page, "previous");
    await expect.poll(() => pathOf(page)).toBe(first);
  },
  async scroll(page, request) {
    await aReview(page, request, "A long line of evidence.\n".repeat(200));
    const scrolled = () =>
      page.evaluate(() => {
        const zone = document.querySelector("main section[aria-label=Evidence]");
        return (zone?.scrollTop ?? 0) + window.scrollY;
      });
    const before = await scrolled();
    await pressKey(page, "scroll");
    await expect.poll(scrolled).toBeGreaterThan(before);
  },
  async "section.next"(page, request) {
    await aReview(page, request);
    await pressKey(page, "section.next");
    const first = await focused(page);
    await pressKey(page, "section.next");
    await expect.poll(() => focused(page)).not.toBe(first);
  },
  async "section.previous"(page, request) {
    await aReview(page, request);
    await pressKey(page, "section.next");
    const first = await focused(page);
    await pressKey(page, "section.next");
    await pressKey(page, "section.previous");
    await expect.poll(() => focused(page)).toBe(first);
  },
  async raw(page, request) {
    await aReview(page, request);
    const raw = page.getByRole("button", { name: "Raw", exact: false }).first();
    await pressKey(page, "raw");
    await expect(raw).toHaveAttribute("aria-pressed", "true");
    await pressKey(page, "raw");
    await expect(raw).toHaveAttribute("aria-pressed", "false");
  },
  async similar(page, request) {
    await aReview(page, request);
    await pressKey(page, "similar");
    const none = messages(page).getByText("Nothing similar was decided before");
    await expect
      .poll(async () => (await none.count()) > 0 || /similar/i.test(String(await focused(page))))
      .toBe(true);
  },
  async policy(page, request) {
    await aReview(page, request);
    await pressKey(page, "policy");
    await expect.poll(() => focused(page)).toMatch(/why it is here|polic/i);
  },
  async note(page, request) {
    await aReview(page, request);
    await pressKey(page, "note");
    await expect.poll(() => page.evaluate(() => document.activeElement?.tagName)).toBe("TEXTAREA");
  },
  async "note.save"(page, request) {
    await aReview(page, request);
    await pressKey(page, "note");
    await expect.poll(() => page.evaluate(() => document.activeElement?.tagName)).toBe("TEXTAREA");
    const words = `Saved by a key ${Date.now()}`;
    await page.keyboard.type(words);
    await pressKey(page, "note.save");
    await expect(page.getByRole("listitem").filter({ hasText: words })).toBeVisible();
  },
  async back(page, request) {
    await aReview(page, request);
    await pressKey(page, "back");
    await expect(heading(page)).toHaveText("Inbox");
  },
  ...Object.fromEntries(Object.entries(picking).filter(([id]) => id !== "pick.1")),
};
