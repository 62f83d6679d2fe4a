import { expect, test } from "@playwright/test";
import { signInAs } from "./demo-people";

type Controls = { paused: boolean; per_minute: number };

test("a newcomer reads what is going on, pauses the stream, changes its pace and lets it run", async ({
  page,
}) => {
  await signInAs(page, "reviewer");
  const controls = async () => (await (await page.request.get("/api/v1/demo")).json()) as Controls;
  const before = await controls();
  await expect(page.getByText("Mail guard reads real e-mail")).toBeVisible();
  await expect(page.getByRole("link", { name: "See it on the invoice" })).toHaveAttribute("href", /^http/);

  await page.getByRole("button", { name: "Pause stream" }).click();
  await expect(page.getByRole("button", { name: "Resume stream" })).toBeEnabled();
  expect(await controls()).toEqual({ ...before, paused: true });

  const pace = page.getByRole("slider", { name: "Messages a minute" });
  await pace.focus();
  await page.keyboard.press("ArrowRight");
  await expect(async () => expect((await controls()).per_minute).toBeGreaterThan(before.per_minute)).toPass();

  await page.getByRole("button", { name: "Resume stream" }).click();
  await expect(page.getByRole("button", { name: "Pause stream" })).toBeEnabled();
  expect((await controls()).paused).toBe(false);
  await page.reload();
  await expect(page.getByText(`${(await controls()).per_minute} a minute`)).toBeVisible();
});

test("the three steps lead to the inbox, the invoice and the dashboards", async ({ page }) => {
  await signInAs(page, "reviewer");
  await page.getByRole("link", { name: "Rule on a refund" }).click();
  await expect(page).toHaveURL(/\/inbox\?.*app=refund-desk/);
  await page.goto("/");
  await page.getByRole("link", { name: "See the dashboards move" }).click();
  await expect(page).toHaveURL(/\/evaluation/);
});

test("the latest decisions come in by themselves", async ({ page }) => {
  await signInAs(page, "reviewer");
  const first = page.getByRole("region", { name: "Latest decisions" }).getByRole("listitem").first();
  const link = first.getByRole("link");
  const shown = await link.getAttribute("href");
  await expect(async () => expect(await link.getAttribute("href")).not.toBe(shown)).toPass({
    timeout: 30_000,
  });
});
