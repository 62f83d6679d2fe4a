import { expect, test } from "@playwright/test";
import { checkPage } from "./check-page";
import { demoPerson, fillSignIn, signInAs } from "./demo-people";

test("somebody who is not signed in is asked to, and is brought where they wanted to go", async ({
  page,
}) => {
  await page.goto("/settings/account");
  await expect(page).toHaveURL(/\/sign-in\?next=%2Fsettings%2Faccount/);
  await checkPage(page);
  await fillSignIn(page, demoPerson("reviewer"));
  await expect(page).toHaveURL(/\/settings\/account$/);
  await expect(page.getByRole("heading", { name: "Sessions" })).toBeVisible();
  await expect(page.getByText("This session")).toBeVisible();
});

test("a wrong password and an unknown person get the same answer", async ({ page }) => {
  const { email } = demoPerson("auditor");
  for (const typed of [email, "nobody@example.test"]) {
    await page.goto("/sign-in");
    await fillSignIn(page, { email: typed, password: "certainly not this one" });
    await expect(page.getByText("E-mail or password is wrong.")).toBeVisible();
  }
  await checkPage(page);
});

test("the sign-in page takes nobody to another site", async ({ page }) => {
  await page.goto("/sign-in?next=https%3A%2F%2Fevil.example%2F");
  await fillSignIn(page, demoPerson("reviewer"));
  await expect(page).not.toHaveURL(/sign-in/);
  expect(new URL(page.url()).hostname).toBe("localhost");
});

test("a cookie copied before sign-out is worth nothing after it", async ({ page, playwright, baseURL }) => {
  await signInAs(page, "reviewer", "/settings/account");
  const storageState = await page.context().storageState();
  const session = storageState.cookies.find(({ name }) => name.endsWith("countersign.session"));
  expect(session).toMatchObject({ httpOnly: true, sameSite: "Lax", path: "/" });
  const copy = await playwright.request.newContext({ baseURL, storageState });
  expect((await copy.get("/api/v1/whoami")).status()).toBe(200);

  const signOut = page.getByRole("button", { name: "Sign out" });
  // A click before the page is hydrated opens nothing.
  await expect(async () => {
    await page.getByRole("button", { name: /account of/ }).click();
    await signOut.click({ timeout: 2000 });
    await expect(page).toHaveURL(/\/sign-in/, { timeout: 10_000 });
  }).toPass();

  expect((await copy.get("/api/v1/whoami")).status()).toBe(401);
  expect(await (await copy.get("/api/auth/session")).json()).toEqual({});
  const settings = await copy.get("/settings/account", { maxRedirects: 0 });
  expect(settings.status()).toBe(307);
  expect(settings.headers().location).toContain("/sign-in");
  await copy.dispose();
});

test("a session ended on another device is over there", async ({ page, browser, baseURL }) => {
  await signInAs(page, "auditor", "/settings/account");
  const elsewhere = await browser.newContext({ baseURL, userAgent: "Elsewhere/1.0" });
  const other = await elsewhere.newPage();
  await other.goto("/sign-in?next=%2Fsettings%2Faccount");
  await fillSignIn(other, demoPerson("auditor"));
  await expect(other.getByRole("heading", { name: "Sessions" })).toBeVisible();
  await page.reload();
  await page.getByRole("button", { name: "End the session of Elsewhere/1.0" }).first().click();
  await expect(page.getByText("Elsewhere/1.0")).toHaveCount(0);
  await other.reload();
  await expect(other).toHaveURL(/\/sign-in/);
  await elsewhere.close();
});

test("no other site and no header can sign somebody in or act with a cookie", async ({ page, baseURL }) => {
  await signInAs(page, "admin", "/settings/account");
  const request = page.context().request;
  const data = { app_id: "app_x", name: "x", scopes: ["decisions:read"] };
  const foreign: Record<string, string>[] = [
    {},
    { origin: "https://evil.example" },
    { origin: "null" },
    { origin: "https://evil.example", "x-forwarded-host": "evil.example", host: "evil.example" },
    { "sec-fetch-site": "cross-site" },
  ];
  for (const headers of foreign) {
    expect((await request.post("/api/v1/api_keys", { data, headers })).status()).toBe(403);
    expect((await request.post("/api/auth/callback/password", { form: {}, headers })).status()).toBe(403);
  }
  const own = await request.post("/api/v1/api_keys", { data, headers: { origin: baseURL ?? "" } });
  expect(own.status()).toBe(404);
});
