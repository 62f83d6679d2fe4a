import { expect, type Page, test } from "@playwright/test";
import { checkPage } from "./check-page";
import { aMessage, demoApp } from "./demo-decisions";
import { signInAs } from "./demo-people";

const slow = { timeout: 90_000 };

test("an admin watches a figure; it alerts, a person looks after it and says what it was", async ({
  page,
  request,
  browser,
  baseURL,
}) => {
  test.setTimeout(240_000);
  const name = `Too much comes in ${Date.now()}`;
  await demoApp(request, "mail-guard").submit(aMessage(`Alert ${Date.now()}`));
  await signInAs(page, "admin", "/alerts");
  await expect(page.getByRole("heading", { level: 1, name: "Alerts" })).toBeVisible();
  await checkPage(page);

  await page.getByRole("link", { name: "New monitor" }).click();
  await page.getByLabel("Name").fill(name);
  await page.getByLabel("Figure").selectOption("volume");
  await page.getByLabel("Warn at").fill("5");
  await page.getByLabel("Alert at").fill("1");
  await page.getByLabel("Looks in a row").fill("1");
  await page.getByRole("button", { name: "Watch it" }).click();
  // A warning that comes after the alert is none.
  await expect(page.getByText("must come before the alert threshold")).toBeVisible();
  await page.getByLabel("Warn at").fill("");
  await page.getByLabel("Signed webhook").fill("https://127.0.0.1/hook");
  await page.getByRole("button", { name: "Watch it" }).click();
  await expect(page.getByText("is not on the public internet")).toBeVisible();
  await checkPage(page);
  await page.getByLabel("Signed webhook").fill("");
  await page.getByRole("button", { name: "Watch it" }).click();

  // The worker looks within seconds, the incident is there by itself, and the navigation counts it.
  const incidents = page.getByRole("table", { name: "Incidents" });
  await expect(incidents.getByRole("link", { name })).toBeVisible(slow);
  await expect(page.getByRole("link", { name: /^Alerts .*open incidents/ }).first()).toBeVisible();

  // A reviewer hears of it in the bell, opens it and looks after it.
  const context = await browser.newContext({ baseURL });
  const reviewer = await context.newPage();
  await signInAs(reviewer, "reviewer", "/alerts");
  await reviewer.getByRole("table", { name: "Incidents" }).getByRole("link", { name }).click();
  await expect(reviewer.getByRole("heading", { level: 1, name })).toBeVisible();
  await expect(reviewer.getByText("at or above 1, over 24 h")).toBeVisible();
  await expect(reviewer.getByRole("region", { name: "What changed before it?" })).toBeVisible();
  await expect(reviewer.getByRole("region", { name: "Who was told?" })).toContainText("Bell", slow);
  await expect(reviewer.getByRole("figure", { name: "How was it around then?" })).toBeVisible(slow);
  await checkPage(reviewer);
  await reviewer.getByRole("button", { name: "Acknowledge" }).click();
  await reviewer.getByRole("dialog").getByRole("button", { name: "Acknowledge" }).click();
  await expect(reviewer.getByText("Acknowledged", { exact: true }).first()).toBeVisible();
  await reviewer.getByRole("button", { name: "Resolve" }).click();
  await reviewer.getByRole("dialog").getByLabel("What was it?").fill("The story submitted it");
  await reviewer.getByRole("dialog").getByRole("button", { name: "Resolve" }).click();
  await expect(reviewer.getByRole("region", { name: "What happened?" })).toContainText(
    "The story submitted it",
  );
  await reviewer.getByRole("link", { name: "Decisions of that time" }).click();
  await expect(reviewer).toHaveURL(/\/decisions\?.*created_at/);
  await context.close();

  // Nothing is watched any more.
  await page.goto("/alerts");
  await page.getByRole("table", { name: "Monitors" }).getByRole("link", { name }).click();
  await expect(page.getByText("Alerts at")).toBeVisible();
  await checkPage(page);
  await page.getByRole("button", { name: "Archive" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Archive" }).click();
  await expect(page).toHaveURL(/\/alerts$/);
  await expect(page.getByRole("table", { name: "Monitors" }).getByRole("link", { name })).toHaveCount(0);
});

test("a webhook's secret is shown once, and another one can be made", async ({ page }) => {
  test.slow();
  await signInAs(page, "admin", "/alerts/monitors/new");
  const name = `Signed ${Date.now()}`;
  await page.getByLabel("Name").fill(name);
  await page.getByLabel("Alert at").fill("50");
  await page.getByLabel("Signed webhook").fill("https://hooks.example.com/countersign");
  await page.getByRole("button", { name: "Watch it" }).click();
  const first = await secretOf(page);
  expect(Buffer.from(first.slice("whsec_".length), "base64")).toHaveLength(32);
  await page.getByRole("table", { name: "Monitors" }).getByRole("link", { name }).click();
  await expect(page.getByRole("heading", { level: 1, name })).toBeVisible();
  await expect(page.getByText(first)).toHaveCount(0);
  await page.getByRole("button", { name: "New signing secret" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Make it" }).click();
  expect(await secretOf(page)).not.toBe(first);
  await page.getByRole("button", { name: "Archive" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Archive" }).click();
  await expect(page).toHaveURL(/\/alerts$/);
});

/** Reads the secret that the dialog shows this once, and puts it away. */
async function secretOf(page: Page): Promise<string> {
  const dialog = page.getByRole("dialog", { name: "Signing secret" });
  const secret = dialog.getByText(/^whsec_/).first();
  await expect(secret).toBeVisible();
  const text = (await secret.textContent()) ?? "";
  await dialog.getByRole("button", { name: "Done" }).click();
  await expect(dialog).toBeHidden();
  return text.trim();
}
