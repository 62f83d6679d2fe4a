import { expect, type Page, test } from "@playwright/test";
import { checkPage } from "./check-page";
import { signedIn } from "./demo-people";
import { ownPages } from "./own-pages";
import { pressUntil } from "./press-key";

async function refundDesk(page: Page): Promise<string> {
  const answer = await page.request.get("/api/v1/apps/refund-desk");
  expect(answer.ok(), await answer.text()).toBe(true);
  return ((await answer.json()) as { id: string }).id;
}

test("an admin tries a threshold on the past, reads what it would have done, and opens what would have acted", async ({
  page,
}) => {
  test.setTimeout(120_000);
  await signedIn(page, "admin");
  const app = await refundDesk(page);
  await page.goto(`/apps/${app}/replays/new?type=refund.issue&positive=0.6`);
  await checkPage(page);
  await expect(page.getByLabel("Proposals to act: from confidence")).toHaveValue("0.6");
  await page.getByRole("button", { name: "Start replay" }).click();
  await expect(page).toHaveURL(/\/replays\/rpl_/);
  await expect(page.getByText("How much would run alone?")).toBeVisible({ timeout: 45_000 });

  // What came of it survives a reload.
  await page.reload();
  await expect(page.getByRole("heading", { name: "Issue a refund: act from 0.6" })).toBeVisible();
  const flow = page.getByRole("table", { name: /Where decisions went/ });
  await expect(flow).toBeVisible();
  await checkPage(page);

  const flips = page.getByRole("list", { name: "Flips" });
  await expect(flips.getByText("Not opened yet").first()).toBeVisible();
  await pressUntil(page, "j", page.getByRole("region", { name: "Decision" }));
  await expect(flips.getByText(/^Opened by/).first()).toBeVisible();
  await checkPage(page);
  await page.reload();
  await expect(flips.getByText(/^Opened by/).first()).toBeVisible();

  await page.goto(`/apps/${app}/replays`);
  await expect(page.getByRole("link", { name: /act from 0\.6/i }).first()).toBeVisible();
  await checkPage(page);
});

test("a reviewer is told who may read replays, and an auditor cannot start one", async ({ page }) => {
  await signedIn(page, "reviewer");
  const app = await refundDesk(page);
  await page.goto(`/apps/${app}/replays`);
  await expect(page.getByText(/auditor/).first()).toBeVisible();
  const body = { kind: "threshold", app, thresholds: { positive: 0.9 }, period: { days: 7 } };
  const refused = await page.request.post("/api/v1/replays", {
    data: body,
    headers: ownPages,
  });
  expect(refused.status()).toBe(403);
});
