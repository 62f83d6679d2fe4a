import { readFileSync } from "node:fs";
import { expect, type Page, test } from "@playwright/test";
import type { MetricView, Tile } from "@/lib/evaluations/board-schema";
import { checkPage } from "./check-page";
import { listening, signInAs } from "./demo-people";

const tabs = ["Overview", "Calibration", "Errors", "Drift", "Reviewers", "Operations", "Compare"] as const;

/** Tiles are asked for by the browser: none is still on its way. */
async function drawn(page: Page): Promise<void> {
  await expect(page.locator("main figure").first()).toBeVisible();
  await expect(page.locator("main [data-slot=skeleton], main .animate-pulse")).toHaveCount(0);
}

test("each tab answers its questions, says whom each figure is about, and holds on a phone and to a keyboard", async ({
  page,
}) => {
  test.slow();
  await signInAs(page, "admin", "/evaluation");
  for (const tab of tabs) {
    const link = page.getByRole("navigation", { name: "Dashboards" }).getByRole("link", { name: tab });
    await link.click();
    await expect(link).toHaveAttribute("aria-current", "page");
    await drawn(page);
    await expect(page.getByText("The server did not answer as expected")).toHaveCount(0);
    await checkPage(page);
  }
});

test("a figure has its interval, its definition on focus, a table, a file, and rows that are as many", async ({
  page,
}) => {
  test.setTimeout(240_000);
  await signInAs(page, "admin", "/evaluation?range=30d");
  const volume = page.getByRole("figure", { name: "How much comes in?" });
  await expect(volume).toContainText("n = ");
  const share = page.getByRole("figure", { name: "How much is decided alone?" });
  await expect(share).toContainText(/95 % interval .*n = /s);
  await expect(share).toContainText("shadow ones, which nobody decides, are left out");

  await share.getByRole("button", { name: /^What is/ }).focus();
  await expect(share.getByRole("tooltip")).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(share.getByRole("tooltip")).toBeHidden();

  await share.locator("summary").click();
  await expect(share.getByRole("table")).toBeVisible();
  const [file] = await Promise.all([
    page.waitForEvent("download"),
    share.getByRole("button", { name: /^CSV of/ }).click(),
  ]);
  expect(file.suggestedFilename()).toBe("automation_rate.csv");
  expect(readFileSync(await file.path(), "utf8")).toMatch(/^\u{FEFF}?From \(UTC\),Value,Lower,Upper,n\r\n/u);

  // What has a known truth and should not have been done, counted and listed.
  const to = new Date().toISOString();
  const from = new Date(Date.now() - 30 * 86_400_000).toISOString();
  const query = new URLSearchParams({ from, to });
  const read = async () => {
    const answer = await page.request.get(`/api/v1/metrics/false_positive_rate?${query}`);
    return ((await answer.json()) as MetricView).figure;
  };
  // The first truths of the demo are known after two minutes.
  await expect.poll(async () => (await read()).n, { timeout: 150_000 }).toBeGreaterThan(0);
  const figure = await read();
  let listed = 0;
  await page.goto(`/decisions?${new URLSearchParams(figure.rows)}`);
  for (;;) {
    await listening(page);
    await expect(page.getByRole("table")).toBeVisible();
    listed += await page.getByRole("table").getByRole("row").count();
    // One row of each page is its heading.
    listed -= 1;
    const older = page.getByRole("link", { name: "Older" });
    if ((await older.count()) === 0) break;
    // By its address: the list refreshes itself, and the link with it.
    await page.goto((await older.getAttribute("href")) ?? "");
    if (listed > figure.n + 100) break;
  }
  // Truths come in meanwhile.
  expect(listed).toBeGreaterThanOrEqual(figure.n);
  expect(listed).toBeLessThanOrEqual((await read()).n);
});

test("the filter stands in the address, the time before is compared, and points are read by arrow keys", async ({
  page,
}) => {
  await signInAs(page, "auditor", "/evaluation?tab=errors&range=30d");
  await page.getByLabel("App", { exact: true }).selectOption({ label: "Mail guard" });
  await expect(page).toHaveURL(/app=mail-guard/);
  await page.getByLabel("Compare to the time before").check();
  await expect(page).toHaveURL(/previous=true/);
  await page.getByLabel("Whose answer").selectOption("router");
  await expect(page).toHaveURL(/view=router/);
  await expect(page.getByText("Would act alone", { exact: true })).toBeVisible();
  await page.reload();
  await expect(page.getByLabel("App", { exact: true })).toHaveValue("mail-guard");
  await expect(page.getByLabel("Compare to the time before")).toBeChecked();
  await expect(page.getByText("Would act alone", { exact: true })).toBeVisible();
  const points = page.getByRole("slider", { name: /^How often is acting proposed where it is wrong/ });
  await points.focus();
  await page.keyboard.press("End");
  await expect(points).toHaveAttribute("aria-valuetext", /^\d{4}-\d\d-\d\d/);
  await checkPage(page);
});

test("a type says what its decisions are compared by, and the errors tab compares them", async ({ page }) => {
  await signInAs(page, "admin", "/settings/types");
  await page.getByRole("link", { name: "Quarantine a message" }).first().click();
  await listening(page);
  await page.getByLabel("Compared by").fill("sender, Sender, from");
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await expect(page.getByText("an RFC 6901 pointer into the input").first()).toBeVisible();
  await page.getByLabel("Compared by").fill("sender, Sender, /from");
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await expect(page.getByText(/^Saved:/)).toBeVisible();
  await checkPage(page);
  const answer = await page.request.get("/api/v1/metrics/tiles/disparity?type=message.quarantine");
  const tile = (await answer.json()) as Tile;
  expect(tile.table.columns.slice(0, 4)).toEqual(["Segment", "Value", "n", "Labelled"]);
  await page.goto("/evaluation?tab=errors&type=message.quarantine&range=30d");
  await expect(page.getByRole("figure", { name: "Do some fare worse than others?" })).toBeVisible();
  // The house as it was.
  await page.goBack();
  await listening(page);
  await page.getByLabel("Compared by").fill("");
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await expect(page.getByText(/^Saved:/).first()).toBeVisible();
});
