import { randomUUID } from "node:crypto";
import { expect, type Page, test } from "@playwright/test";
import { checkPage } from "./check-page";
import { aRefund, demoApp } from "./demo-decisions";
import { signInAs } from "./demo-people";

/** Refunds with a confidence; outcomes come later, and say of each whether it was right. */
async function refundsWithOutcomes(page: Page, confidences: readonly number[]): Promise<void> {
  const desk = demoApp(page.request, "refund-desk");
  for (const [at, confidence] of confidences.entries()) {
    const made = await desk.submit({ ...aRefund(`INV-${randomUUID().slice(0, 8)}`), confidence });
    const answer = await page.request.post(`/api/v1/decisions/${made.id}/outcome`, {
      headers: desk.key,
      data: { truth: at % 3 === 0 ? "negative" : "positive" },
    });
    expect(answer.ok(), await answer.text()).toBe(true);
  }
}

async function thresholdsOf(page: Page, app: string): Promise<string> {
  const answer = await page.request.get("/api/v1/apps?limit=100");
  const { data } = (await answer.json()) as { data: { id: string; key: string }[] };
  return `/apps/${data.find(({ key }) => key === app)?.id}/thresholds`;
}

test("the handle moves by keyboard, the numbers and the address with it, and a reload keeps them", async ({
  page,
}) => {
  await signInAs(page, "admin", "/apps");
  await refundsWithOutcomes(
    page,
    Array.from({ length: 6 }, (_, at) => 0.4 + at / 20),
  );
  await page.goto(`${await thresholdsOf(page, "refund-desk")}?type=refund.issue&at=0.5`);
  await expect(
    page.getByRole("heading", { level: 1, name: "Where may Refund desk act alone?" }),
  ).toBeVisible();
  const numbers = page.getByRole("region", { name: /^What 0\.\d+ would mean$/ });
  await expect(numbers).toContainText("runs alone");
  const before = await numbers.innerText();

  const handle = page.getByRole("slider", { name: "Draft threshold" });
  await handle.focus();
  await page.keyboard.press("ArrowRight");
  await expect(page).toHaveURL(/[?&]at=0\.51\b/);
  await page.keyboard.press("PageUp");
  await page.keyboard.press("PageUp");
  await expect(page).toHaveURL(/[?&]at=0\.61\b/);
  await page.keyboard.press("ArrowLeft");
  await page.keyboard.press("PageDown");
  await expect(page).toHaveURL(/[?&]at=0\.55\b/);
  await expect(handle).toHaveAttribute("aria-valuenow", "0.55");
  const after = page.getByRole("region", { name: "What 0.55 would mean" });
  expect(await after.innerText()).not.toBe(before);

  const typed = page.getByLabel("Draft threshold, 0 to 1");
  await typed.fill("0,725");
  await typed.press("Enter");
  await expect(page).toHaveURL(/[?&]at=0\.725\b/);
  await page.reload();
  await expect(page.getByRole("region", { name: "What 0.725 would mean" })).toContainText("runs alone");
  await expect(typed).toHaveValue("0.725");
  await checkPage(page);
});

test("what would go another way is listed and leads to the decision; tables stand behind the pictures", async ({
  page,
}) => {
  await signInAs(page, "auditor", "/audits");
  await refundsWithOutcomes(page, [0.31, 0.32, 0.33]);
  await page.goto(`${await thresholdsOf(page, "refund-desk")}?type=refund.issue&at=0.3`);
  const flips = page.getByRole("table", { name: /^Decisions that would have gone another way/ });
  await expect(flips.getByText("Run alone").first()).toBeVisible();
  await expect(page.getByRole("button", { name: /^Propose/ })).toHaveCount(0);
  const figure = page.getByRole("figure", { name: "How sure was the app, and was it right?" });
  await figure.locator("summary").click();
  await expect(figure.getByRole("table", { name: "Decisions by confidence" })).toContainText("0.30–0.32");
  await flips.getByRole("link").first().click();
  await expect(page).toHaveURL(/\/decisions\/dec_/);
});

test("what no label speaks for is not certified, and the page says why and how everything is computed", async ({
  page,
}) => {
  await signInAs(page, "admin", "/apps");
  const address = await thresholdsOf(page, "refund-desk");
  await page.goto(`${address}?type=refund.issue&budget=0.005`);
  await expect(page.getByText("No threshold can be certified yet,")).toBeVisible();
  await expect(page.getByRole("region", { name: "What has been shown so far?" })).toContainText(
    /at most [\d.]+ % wrong/i,
  );
  await page.getByRole("button", { name: "How is this computed?" }).click();
  const formulas = page.getByRole("dialog", { name: "How is this computed?" });
  await expect(formulas).toContainText("w = 1 / pi");
  await page.keyboard.press("Escape");
  await expect(formulas).toHaveCount(0);
});

test("on a phone nothing can be moved, and the kill switch is there", async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await signInAs(page, "admin", "/apps");
  await page.goto(`${await thresholdsOf(page, "refund-desk")}?type=refund.issue&at=0.8`);
  await expect(page.getByRole("region", { name: "What 0.80 would mean" })).toBeVisible();
  await expect(page.getByRole("slider")).toHaveCount(0);
  await expect(page.getByRole("button", { name: "Stop this app" })).toBeVisible();
});
