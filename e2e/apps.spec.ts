import { expect, test } from "@playwright/test";
import { anotherPerson } from "./another-person";
import { checkPage } from "./check-page";
import { signInAs } from "./demo-people";
import { resumeAll } from "./resume-all";

test.afterEach(({ browser, baseURL }) => resumeAll(browser, baseURL));

test("an admin makes an app and says in plain words how far it may act alone; where money moves, a second one signs", async ({
  page,
  browser,
  baseURL,
}) => {
  test.slow();
  const key = `story-${Date.now()}`;
  await signInAs(page, "admin", "/apps");
  await page.getByRole("button", { name: "New app" }).click();
  await page.getByLabel("Name").fill("Story desk");
  await page.getByLabel("Key").fill("Not A Key");
  await page.getByRole("button", { name: "Create the app" }).click();
  await expect(page.getByText("lower-case words joined by hyphens")).toBeVisible();
  await page.getByLabel("Key").fill(key);
  await page.getByRole("button", { name: "Create the app" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Story desk" })).toBeVisible();
  await expect(page.getByRole("region", { name: "curl" })).toContainText(`Idempotency-Key: ${key}-0001`);

  const card = page.getByRole("region", { name: "refund.issue" });
  await card.getByText("Set it").click();
  await card.getByLabel("Level").selectOption("auto");
  await card.getByLabel("Threshold", { exact: true }).fill("0.95");
  await card.getByLabel("Audit rate").fill("10");
  await card.getByLabel("Amount cap").fill("150");
  await expect(card).toContainText(
    "Proposals with confidence 0.95 or more run alone; 10 % of them are audited.",
  );
  await expect(card).toContainText("Above €150.00 a person always decides.");
  await card.getByLabel("Why").fill("Right for a month, by hand");
  await card.getByLabel("Threshold", { exact: true }).fill("1.5");
  await card.getByRole("button", { name: "Propose" }).click();
  await expect(card.getByText("from 0 to 1", { exact: true })).toBeVisible();
  await card.getByLabel("Threshold", { exact: true }).fill("0.95");
  await card.getByRole("button", { name: "Propose" }).click();
  await expect(card).toContainText("Waits for a second admin");
  await expect(card).toContainText("You proposed this: another admin signs it.");
  await expect(card).toContainText("Nobody has set this yet");
  // The fields say what is in force.
  await expect(card.getByLabel("Level")).toHaveValue("review_all");
  await expect(card.getByLabel("Why")).toHaveCount(0);
  await checkPage(page);

  const second = await anotherPerson(browser, baseURL, { role: "admin", name: "Sam Second" });
  await second.goto(page.url());
  const theirs = second.getByRole("region", { name: "refund.issue" });
  await expect(theirs).toContainText("Right for a month, by hand");
  await theirs.getByRole("button", { name: "Sign" }).click();
  await expect(theirs).toContainText("version 1");
  await second.context().close();

  // Less takes one admin.
  await page.reload();
  await card.getByLabel("Threshold", { exact: true }).fill("0.97");
  await card.getByRole("button", { name: "Save" }).click();
  await expect(card).toContainText("version 2");
  // What was saved leaves the person where they were.
  await expect(card.getByRole("button", { name: "Save" })).toBeFocused();
  await expect(card.getByLabel("Threshold", { exact: true })).toHaveValue("0.97");
  await expect(page).toHaveTitle("Story desk · App · Countersign");
  await checkPage(page);
});

test("a reviewer reads an app and stops it; only an admin resumes", async ({ page, browser, baseURL }) => {
  await signInAs(page, "reviewer", "/apps");
  await expect(page.getByRole("button", { name: "New app" })).toHaveCount(0);
  await page.getByRole("link", { name: /Refund desk/ }).click();
  await expect(page.getByRole("button", { name: "Save" })).toHaveCount(0);
  await page.getByRole("button", { name: "Stop this app" }).click();
  await expect(page.getByRole("button", { name: "Stop automation" })).toBeDisabled();
  await page.getByLabel("Reason").fill("refunds look wrong");
  await page.getByRole("button", { name: "Stop automation" }).click();
  const banner = page.getByRole("region", { name: "Automation stopped" });
  await expect(banner).toContainText("Automation is stopped for Refund desk");
  await expect(banner).toContainText("refunds look wrong");
  await expect(banner.getByRole("button", { name: "Resume" })).toHaveCount(0);
  await checkPage(page);

  const theirs = await browser.newContext({ baseURL });
  const admin = await theirs.newPage();
  await signInAs(admin, "admin", "/apps");
  await admin
    .getByRole("region", { name: "Automation stopped" })
    .getByRole("button", { name: "Resume" })
    .click();
  await admin.getByLabel("Reason").fill("checked with billing");
  await admin.getByRole("button", { name: "Resume automation" }).click();
  await expect(admin.getByText("Resumed: Refund desk")).toBeVisible();
  await expect(admin.getByRole("region", { name: "Automation stopped" })).toHaveCount(0);
  await theirs.close();
});

test("a wrong schema is refused at its pointer, and a right one is stored", async ({ page }) => {
  await signInAs(page, "admin", "/settings/types/new");
  const schema = page.getByLabel("Arguments schema");
  // Said while typing, so it also tells that the page answers.
  await expect(async () => {
    await schema.fill('{ "properties": ');
    await expect(page.getByText(/JSON at position|JSON input/)).toBeVisible({ timeout: 1000 });
  }).toPass();
  await page.getByLabel("Name").fill("Cancel an order");
  await page.getByLabel("Key").fill(`order.cancel.n${Date.now()}`);
  await schema.fill('{ "properties": { "order": { "type": "strin" } } }');
  await page.getByRole("button", { name: "Create the type" }).click();
  await expect(page.getByText("/properties/order/type", { exact: true })).toBeVisible();
  await schema.fill('{ "properties": { "order": { "type": "string" } } }');
  await checkPage(page);
  await page.getByRole("button", { name: "Create the type" }).click();
  await expect(page.getByRole("heading", { name: "Cancel an order" })).toBeVisible();
});

test("a connector's class is drawn as it is chosen, and its secret is never shown again", async ({
  page,
}) => {
  await signInAs(page, "admin", "/settings/connectors");
  await page.getByRole("button", { name: "New connector" }).click();
  await expect(page.getByText("an unanswered call will need a person")).toBeVisible();
  await page.getByLabel("How the system treats a repeated call").selectOption("B");
  await expect(page.getByText("an unanswered call is looked up")).toBeVisible();
  await page.getByLabel("Name").fill("Warehouse");
  await page.getByLabel("Key").fill(`warehouse-${Date.now()}`);
  await page.getByLabel("Address").fill("https://warehouse.example/api");
  await page.getByLabel("Credential").selectOption("bearer");
  await page.getByLabel("Secret").fill("sk_story_secret");
  await page.getByRole("button", { name: "Create the connector" }).click();
  await expect(page.getByText("Bearer token, set; it is never shown")).toBeVisible();
  expect(await page.content()).not.toContain("sk_story_secret");
  await checkPage(page);
});
