import { expect, type Page, test } from "@playwright/test";
import { aMessage, demoApp } from "./demo-decisions";
import { signInAs } from "./demo-people";

const count = 50;
const mostKeystrokes = 100;
/** The page takes no verdict on what nobody can have read yet; a person takes longer still. */
const readMs = 150;

type Measured = { keystrokes: number; pointers: number; paints: number[] };
type Measuring = typeof globalThis & { measured?: Measured };

/** Counts keys and pointer presses, and times from a key to the frame that shows the next item's heading. */
async function measure(page: Page): Promise<void> {
  await page.evaluate(() => {
    const measured = { keystrokes: 0, pointers: 0, paints: [] as number[] };
    (globalThis as Measuring).measured = measured;
    const heading = () => document.querySelector("h1")?.textContent ?? "";
    let pressed: { at: number; heading: string } | undefined;
    window.addEventListener(
      "keydown",
      ({ key }) => {
        if (["Shift", "Control", "Meta", "Alt"].includes(key)) return;
        measured.keystrokes += 1;
        pressed = { at: performance.now(), heading: heading() };
      },
      { capture: true },
    );
    window.addEventListener("pointerdown", () => (measured.pointers += 1), { capture: true });
    new MutationObserver(() => {
      if (!pressed || heading() === "" || heading() === pressed.heading) return;
      const { at } = pressed;
      pressed = undefined;
      // A task after the frame: what was drawn is on the screen.
      requestAnimationFrame(() => setTimeout(() => measured.paints.push(performance.now() - at), 0));
    }).observe(document.body, { childList: true, subtree: true, characterData: true });
  });
}

const reviewOf = (page: Page) => /\/inbox\/([^/?]+)/.exec(page.url())?.[1];
const percentile = (sorted: number[], share: number) =>
  sorted[Math.min(sorted.length - 1, Math.ceil(sorted.length * share) - 1)] ?? Number.NaN;

async function rule(page: Page, approves: boolean): Promise<void> {
  if (approves) return page.keyboard.press("a");
  await page.keyboard.press("d");
  await expect(page.getByRole("region", { name: "Reason" })).toBeVisible({ timeout: 3000 });
  await page.keyboard.press("1");
}

test("fifty decisions take at most a hundred keys and no pointer", async ({ page, request }) => {
  test.setTimeout(180_000);
  const mailGuard = demoApp(request, "mail-guard");
  const run = Date.now();
  const decisions = [];
  for (let n = 0; n < count + 2; n += 1)
    decisions.push(await mailGuard.submit(aMessage(`Fifty ${run} ${n}`)));
  const [first] = decisions;
  await signInAs(page, "reviewer", `/inbox/${first?.review?.id}?tab=unclaimed&type=message.quarantine`);
  await expect(page.getByRole("toolbar", { name: "Verdict" })).toBeVisible();
  await expect(page.getByText("Claimed by you")).toBeVisible();
  await measure(page);

  const ruled: string[] = [];
  const began = Date.now();
  for (let n = 0; n < count; n += 1) {
    const id = reviewOf(page);
    expect(id).toBeDefined();
    expect(ruled, "an item comes once").not.toContain(id);
    await page.waitForTimeout(readMs);
    // A key that came too early for the item is pressed again, and counts again.
    await expect(async () => {
      if (reviewOf(page) === id) await rule(page, n % 2 === 0);
      await expect.poll(() => reviewOf(page), { intervals: [10, 20, 50], timeout: 3000 }).not.toBe(id);
    }).toPass({ timeout: 15_000 });
    ruled.push(id ?? "");
  }
  const seconds = (Date.now() - began) / 1000;
  const measured = await page.evaluate(() => (globalThis as Measuring).measured);
  const paints = (measured?.paints ?? []).toSorted((one, other) => one - other);
  const figures = `${measured?.keystrokes} keys, ${measured?.pointers} pointer presses, ${seconds.toFixed(1)} s; next item painted p50 ${percentile(paints, 0.5).toFixed(0)} ms, p95 ${percentile(paints, 0.95).toFixed(0)} ms (n=${paints.length})`;
  test.info().annotations.push({ type: "fifty decisions", description: figures });
  process.stdout.write(`fifty decisions: ${figures}\n`);
  expect(measured?.keystrokes).toBeLessThanOrEqual(mostKeystrokes);
  expect(measured?.pointers).toBe(0);
  expect(paints.length, "each verdict showed another item").toBeGreaterThanOrEqual(count - 1);

  const verdictOf = async (id: string) => {
    const answer = await page.request.get(`/api/v1/reviews/${id}`);
    return ((await answer.json()) as { verdict: string | null }).verdict;
  };
  // The server owns the undo time: every verdict takes effect, the odd ones as declines.
  for (const [n, id] of ruled.entries()) {
    await expect.poll(() => verdictOf(id), { timeout: 30_000 }).toBe(n % 2 === 0 ? "approve" : "decline");
  }
});
