import { expect, type Page, test } from "@playwright/test";
import { checkPage } from "./check-page";
import { signedIn } from "./demo-people";
import { ownPages } from "./own-pages";

/** 120 cases: the app wanted to act on all of them, and on the 40 large ones it should not have. */
const cases = Array.from({ length: 120 }, (_, n) =>
  JSON.stringify({
    input: {
      message: `Case ${n} of somebody who wants their money back`,
      size: n % 3 === 0 ? "large" : "small",
    },
    truth: n % 3 === 0 ? "negative" : "positive",
    subject: `customer-${n}`,
    recorded: { predicted: "positive", confidence: 0.7 },
  }),
).join("\n");

/** A draft of a policy that refuses what is large. */
async function aPolicy(page: Page, name: string): Promise<void> {
  const rules = [{ id: "large", when: "decision.input.size == 'large'", effect: "decline" }];
  const data = { name, rules, fixtures: [] };
  const made = await page.request.post("/api/v1/policies", { data, headers: ownPages });
  expect(made.ok(), await made.text()).toBe(true);
}

test("an admin makes a dataset of a file, runs a policy beside what was recorded, and reads the gate", async ({
  page,
}) => {
  test.setTimeout(150_000);
  const stamp = Date.now();
  const policy = `Nothing large ${stamp}`;
  await signedIn(page, "admin");
  await aPolicy(page, policy);

  await page.goto("/datasets");
  await checkPage(page);
  await page.getByRole("button", { name: "New dataset" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("textbox", { name: /^Name/ }).fill(`Large refunds ${stamp}`);
  await dialog.getByRole("button", { name: "Create dataset" }).click();
  await expect(page).toHaveURL(/\/datasets\/dst_/);

  await page.getByRole("button", { name: "Add a version" }).click();
  await dialog.getByLabel("Cases from").selectOption("file");
  await dialog
    .getByLabel("File")
    .setInputFiles({ name: "cases.jsonl", mimeType: "application/x-ndjson", buffer: Buffer.from(cases) });
  await dialog.getByRole("button", { name: "Build it" }).click();
  await expect(page.getByText("Ready", { exact: true })).toBeVisible({ timeout: 45_000 });
  await page
    .getByText(/Case 0 of somebody/)
    .first()
    .click();
  await expect(page.getByText("Subject import:customer-0")).toBeVisible();
  await checkPage(page);

  await page.getByRole("link", { name: "Run an experiment" }).click();
  await page.getByRole("textbox", { name: /^Name/ }).fill(`Policy on large refunds ${stamp}`);
  await page.getByRole("checkbox", { name: policy }).check();
  await checkPage(page);
  await page.getByRole("button", { name: "Start experiment" }).click();
  await expect(page).toHaveURL(/\/experiments\/xpm_/);
  const gate = page.getByRole("region", { name: "Gate" });
  await expect(gate.getByText("Passed", { exact: true })).toBeVisible({ timeout: 45_000 });
  await expect(gate.getByText(/On 120 items its error is −33\.33 points/)).toBeVisible();

  // What came of it survives a reload; what they disagree about stands first, and opens.
  await page.reload();
  await expect(page.getByRole("table", { name: "Candidates side by side" })).toBeVisible();
  const items = page.getByRole("region", { name: "Items" });
  await expect(items.getByRole("link", { name: "Disagreements" })).toHaveAttribute("aria-current", "page");
  await items
    .getByText(/Case 0 of somebody/)
    .first()
    .click();
  await expect(items.getByText("Acting is wrong").first()).toBeVisible();
  await checkPage(page);

  const file = await page.request.get(`/api/v1${new URL(page.url()).pathname}/results/csv`);
  expect((await file.text()).trim().split("\r\n")).toHaveLength(241);
  await page.goto("/experiments");
  await expect(page.getByRole("link", { name: `Policy on large refunds ${stamp}` })).toBeVisible();
  await checkPage(page);
});

test("an auditor reads experiments and starts none", async ({ page }) => {
  await signedIn(page, "auditor");
  await page.goto("/experiments");
  await expect(page.getByRole("heading", { name: "Experiments", level: 1 })).toBeVisible();
  await expect(page.getByRole("link", { name: "New experiment" })).toHaveCount(0);
});

test("a reviewer is told who may read experiments", async ({ page }) => {
  await signedIn(page, "reviewer");
  await page.goto("/experiments");
  await expect(page.getByText(/auditor/).first()).toBeVisible();
});
