import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, test } from "@playwright/test";
import { anotherPerson } from "./another-person";
import { checkPage } from "./check-page";
import { aMessage, demoApp } from "./demo-decisions";
import { signInAs } from "./demo-people";

test("what is for a person rings their bell by itself, leads to it, and is read once", async ({
  page,
  browser,
  request,
  baseURL,
}) => {
  test.slow();
  await signInAs(page, "reviewer", "/decisions");
  const other = await anotherPerson(browser, baseURL, { role: "reviewer", name: "Mia Mentioned" });
  const whoami = (await (await other.request.get("/api/v1/whoami")).json()) as { id: string };
  const decision = await demoApp(request, "mail-guard").submit(aMessage(`Bell ${Date.now()}`));
  await other.goto("/decisions");
  const bell = other.getByRole("button", { name: /^Notifications/ });
  await expect(bell).toHaveAccessibleName(/^Notifications/);

  const noted = await page.request.post(`/api/v1/decisions/${decision.id}/notes`, {
    headers: { origin: new URL(page.url()).origin },
    data: { text: "Can you look at this?", mentions: [whoami.id] },
  });
  expect(noted.status(), await noted.text()).toBe(201);

  // It hears of it without being asked.
  await expect(bell).toHaveAccessibleName(/^Notifications, \d unread$/, { timeout: 15_000 });
  await bell.focus();
  await other.keyboard.press("Enter");
  const line = other.getByRole("link", { name: /You were mentioned/ });
  await expect(line).toBeVisible();
  await checkPage(other);
  await other.keyboard.press("Escape");
  await expect(line).toBeHidden();
  await bell.click();
  await line.click();
  await expect(other).toHaveURL(/\/inbox\/rev_/);

  await other.goto("/notifications");
  // Time may be running out for reviews of theirs meanwhile: that is told beside it.
  const mention = other.getByRole("list", { name: "Notifications" }).getByText("You were mentioned");
  await expect(mention).toHaveCount(1);
  await checkPage(other);
  await other.getByRole("link", { name: "Unread", exact: true }).click();
  await expect(other).toHaveURL(/show=unread/);
  await expect(mention).toHaveCount(0);
});

test("a person says what they are told, and when", async ({ page }) => {
  await signInAs(page, "auditor", "/settings/notifications");
  await expect(page.getByRole("heading", { name: "What you are told" })).toBeVisible();
  await expect(page.getByRole("heading", { name: "Channels" })).toHaveCount(0);
  await page.getByLabel("No mail in these hours").check();
  await page.getByLabel("From").fill("21:00");
  await page.getByLabel("Mail", { exact: true }).selectOption("daily");
  await page.getByLabel("Time zone").selectOption("Europe/Berlin");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("Saved", { exact: true })).toBeVisible();
  await page.reload();
  await expect(page.getByLabel("From")).toHaveValue("21:00");
  await expect(page.getByLabel("Time zone")).toHaveValue("Europe/Berlin");
  await checkPage(page);
});

test("an admin adds a webhook, tests it, and sees that it cannot be reached", async ({ page }) => {
  // A private address that nobody listed: refused before a byte is sent.
  let calls = 0;
  const server = createServer((_request, response) => {
    calls += 1;
    response.end("ok");
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  await signInAs(page, "admin", "/settings/notifications");
  await page.getByRole("button", { name: "Webhook", exact: true }).click();
  const name = `Room ${Date.now()}`;
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Name", { exact: true }).fill(name);
  await dialog.getByLabel("Address").fill(`https://127.0.0.1:${port}/services/canary`);
  await dialog.getByRole("button", { name: "Save", exact: true }).click();
  await expect(page.getByText(name)).toBeVisible();
  await expect.poll(() => page.locator("body").innerText()).not.toContain("canary");
  await page.getByRole("button", { name: `Test ${name}` }).click();
  await expect(page.getByRole("button", { name: "Send again: Test message" }).first()).toBeVisible({
    timeout: 20_000,
  });
  expect(calls).toBe(0);
  await checkPage(page);
  server.close();
});

test("a link of a mail asks who one is, comes back to it, and approves nothing by being looked at", async ({
  page,
  request,
}) => {
  const mailGuard = demoApp(request, "mail-guard");
  const decision = await mailGuard.submit(aMessage(`Deep link ${Date.now()}`));
  const reviewId = decision.review?.id ?? "";
  await page.goto(`/approve/${reviewId}/not-the-token`);
  await expect(page).toHaveURL(/\/sign-in\?next=/);
  await signInAs(page, "reviewer", `/approve/${reviewId}/not-the-token`);
  await expect(page.getByRole("heading", { name: "This link does not work" })).toBeVisible();
  await checkPage(page);
  await page.getByRole("link", { name: "Open the review" }).click();
  await expect(page).toHaveURL(new RegExp(`/inbox/${reviewId}`));
  expect(await mailGuard.statusOf(decision.id)).toBe("in_review");
});
