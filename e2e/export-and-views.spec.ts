import { readFileSync } from "node:fs";
import { expect, type Page, test } from "@playwright/test";
import { axeFinds } from "./axe";
import { expectNoSidewaysScroll } from "./check-page";
import { signInAs } from "./demo-people";

async function expectClean(page: Page): Promise<void> {
  const violations = await axeFinds(page);
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" | ")}`)).toEqual(
    [],
  );
}

const tray = (page: Page) => page.getByRole("region", { name: "Exports" });

test("what a list shows is taken out as a file, which a reload does not lose", async ({ page }) => {
  await signInAs(page, "reviewer", "/decisions?status=approved");
  await expect(page.getByRole("table", { name: /^Decisions/ })).toBeVisible();
  await page.getByRole("button", { name: "Export", exact: true }).click();
  await expectClean(page);
  await page.getByRole("button", { name: /^CSV/ }).click();
  await expect(tray(page).getByText("Decisions", { exact: true })).toBeVisible();
  await page.reload();
  const link = tray(page).getByRole("link", { name: "Download Decisions CSV" });
  await expect(link).toBeVisible({ timeout: 20_000 });
  await expect(page.getByText("Decisions CSV export finished.")).toBeAttached();
  await expectClean(page);
  const [download] = await Promise.all([page.waitForEvent("download"), link.click()]);
  expect(download.suggestedFilename()).toMatch(/^decisions-[\d-]+\.csv$/);
  const lines = readFileSync(await download.path(), "utf8")
    .trimEnd()
    .split("\r\n");
  expect(lines[0]).toMatch(/^\u{FEFF}id,created_at,/u);
  expect(lines.length).toBeGreaterThan(1);
  const api = await page.request.get("/api/v1/decisions?status=approved&limit=1");
  expect(api.ok()).toBe(true);
  await tray(page).getByRole("button", { name: "Put Decisions CSV away" }).click();
  await expect(tray(page)).toHaveCount(0);
  await page.reload();
  await expect(page.getByRole("table", { name: /^Decisions/ })).toBeVisible();
  await expect(tray(page)).toHaveCount(0);
});

test("a filter is kept under a name, shared, opened from the menu, and its address restores it", async ({
  page,
  browser,
  baseURL,
}) => {
  const name = `Declined ${Date.now()}`;
  await signInAs(page, "reviewer", "/decisions?status=declined&app=mail-guard");
  await page.getByRole("button", { name: "Views" }).click();
  await page.getByRole("button", { name: "Save these filters…" }).click();
  const dialog = page.getByRole("dialog", { name: "Save these filters" });
  await dialog.getByLabel("Name").fill(name);
  await dialog.getByLabel("Share it").check();
  await expectClean(page);
  await dialog.getByRole("button", { name: "Save view" }).click();
  await expect(dialog).toHaveCount(0);

  await page.goto("/decisions");
  await page.getByRole("button", { name: "Views" }).click();
  await expectClean(page);
  await page.getByRole("link", { name }).click();
  await expect(page).toHaveURL(/app=mail-guard&status=declined/);
  await expect(page.getByRole("search").getByLabel("Status", { exact: true })).toHaveValue("declined");
  await expect(page.getByRole("search").getByLabel("App", { exact: true })).toHaveValue("mail-guard");

  const admin = await (await browser.newContext({ baseURL })).newPage();
  await signInAs(admin, "admin", new URL(page.url()).pathname + new URL(page.url()).search);
  await expect(admin.getByRole("search").getByLabel("Status", { exact: true })).toHaveValue("declined");
  await admin.getByRole("button", { name: "Views" }).click();
  await expect(admin.getByRole("link", { name })).toContainText("shared by");
  await admin.context().close();

  await page.getByRole("button", { name: "Views" }).click();
  await page.getByRole("button", { name: "Manage views…" }).click();
  const manage = page.getByRole("dialog", { name: "Saved views" });
  await manage.getByLabel(`Name of ${name}`).fill(`${name} anew`);
  await manage.getByRole("button", { name: "Rename" }).click();
  await expect(manage.getByLabel(`Name of ${name} anew`)).toBeVisible();
  await expectClean(page);
  await manage.getByRole("button", { name: `Delete ${name} anew` }).click();
  await expect(manage.getByLabel(`Name of ${name} anew`)).toHaveCount(0);
});

test("columns are left out of the list and stay so; a phone shows menus and tray without scrolling sideways", async ({
  page,
}) => {
  await signInAs(page, "reviewer", "/decisions");
  const heading = page.getByRole("columnheader", { name: "Confidence" });
  await expect(heading).toBeVisible();
  await page.getByRole("button", { name: "Columns" }).click();
  await page.getByRole("group", { name: "Columns" }).getByLabel("Confidence").uncheck();
  await expect(heading).toHaveCount(0);
  await page.reload();
  await expect(page.getByRole("columnheader", { name: "Amount" })).toBeVisible();
  await expect(heading).toHaveCount(0);

  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto("/inbox");
  await page.getByRole("button", { name: "Export", exact: true }).click();
  await page.getByRole("button", { name: /^JSONL/ }).click();
  await expect(tray(page)).toBeVisible();
  await expectNoSidewaysScroll(page);
  await expectClean(page);
});
