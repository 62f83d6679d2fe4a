import { expect, test } from "@playwright/test";
import { checkPage } from "./check-page";
import { demoPerson, fillSignIn, signInAs } from "./demo-people";

test("an admin invites a person, who joins once, changes role and loses access at once", async ({
  page,
  browser,
  baseURL,
}) => {
  const guest = { email: `grace-${Date.now()}@example.test`, password: "quiet lantern meridian" };
  await signInAs(page, "admin", "/settings/members");
  await page.getByRole("button", { name: "Invite" }).click();
  await page.getByLabel("Name").fill("Grace Hopper");
  await page.getByLabel("E-mail").fill(guest.email);
  await page.getByLabel("Role").selectOption("auditor");
  await checkPage(page);
  await page.getByRole("button", { name: "Create the link" }).click();
  const link = await page.getByRole("region", { name: "Invitation link" }).innerText();
  await page.getByRole("button", { name: "Done" }).click();
  await expect(page.getByRole("row", { name: new RegExp(guest.email) })).toBeVisible();

  const theirs = await browser.newContext({ baseURL });
  const grace = await theirs.newPage();
  await grace.goto(new URL(link).pathname);
  await checkPage(grace);
  await grace.getByLabel("Password", { exact: true }).fill("short");
  await grace.getByRole("button", { name: "Join" }).click();
  await expect(grace.getByText("Use at least 15 characters; this has 5.")).toBeVisible();
  await grace.getByLabel("Password", { exact: true }).fill(guest.password);
  await grace.getByRole("button", { name: "Join" }).click();
  await expect(grace).toHaveURL(/\/$/);
  await grace.goto(new URL(link).pathname);
  await expect(grace.getByRole("heading", { name: "This invitation no longer works" })).toBeVisible();

  await grace.goto("/settings/members");
  await expect(grace.getByRole("cell", { name: /Grace Hopper/ })).toBeVisible();
  await expect(grace.getByRole("button", { name: "Invite" })).toHaveCount(0);

  await page.reload();
  await checkPage(page);
  await page.getByRole("button", { name: "Change Grace Hopper" }).first().click();
  await page.getByRole("menuitem", { name: "Make reviewer" }).click();
  await page.getByRole("button", { name: "Make reviewer" }).click();
  await expect(page.getByText("Grace Hopper is now a reviewer")).toBeVisible();
  await grace.reload();
  await expect(grace).toHaveURL(/\/sign-in/);
  await fillSignIn(grace, guest);
  await expect(grace.getByText("Members are not yours to open")).toBeVisible();

  await page.getByRole("button", { name: "Change Grace Hopper" }).first().click();
  await page.getByRole("menuitem", { name: "Disable" }).click();
  await page.getByRole("button", { name: "Disable" }).click();
  await expect(page.getByText("Grace Hopper is disabled")).toBeVisible();
  await grace.reload();
  await fillSignIn(grace, guest);
  await expect(grace.getByText("E-mail or password is wrong.")).toBeVisible();
  await theirs.close();
});

test("a reviewer cannot open members or keys, is told who can, and gets 403 from the API", async ({
  page,
}) => {
  await signInAs(page, "reviewer", "/settings");
  const tabs = page.getByRole("navigation", { name: "Settings" });
  await expect(tabs.getByRole("link")).toHaveText([
    "Approvals",
    "Moderation",
    "Personal tokens",
    "Keyboard",
    "Notifications",
    "Account",
  ]);
  await expect(
    page.getByText("The organisation’s own settings are open to auditor and admin."),
  ).toBeVisible();
  for (const [path, what] of [
    ["/settings/members", "Members"],
    ["/settings/keys", "API keys"],
  ] as const) {
    await page.goto(path);
    await expect(page.getByText(`${what} are not yours to open`)).toBeVisible();
    await expect(page.getByText("They are for auditor and admin.")).toBeVisible();
    await checkPage(page);
  }
  for (const path of ["/api/v1/members", "/api/v1/api_keys"]) {
    expect((await page.context().request.get(path)).status()).toBe(403);
  }
});

test("an app's key is shown once, works, and stops working when it is revoked", async ({ page, request }) => {
  await signInAs(page, "admin", "/settings/keys");
  const name = `ci ${Date.now()}`;
  await page.getByRole("button", { name: "New key" }).click();
  await page.getByLabel("Name").fill(name);
  await page.getByLabel("decisions:read").check();
  await checkPage(page);
  await page.getByRole("button", { name: "Create the key" }).click();
  const key = await page.getByRole("region", { name: "API key" }).innerText();
  await page.getByRole("button", { name: "Done" }).click();
  const row = page.getByRole("row", { name: new RegExp(name) });
  await expect(row).toContainText("decisions:write, decisions:read");
  await expect(page.getByText(key)).toHaveCount(0);

  const headers = { authorization: `Bearer ${key}` };
  const who = await request.get("/api/v1/whoami", { headers });
  expect(await who.json()).toMatchObject({ kind: "key", scopes: ["decisions:write", "decisions:read"] });
  expect((await request.get("/api/v1/members", { headers })).status()).toBe(403);

  await checkPage(page);
  await row.getByRole("button", { name: `Revoke ${name}` }).click();
  await page.getByRole("button", { name: "Revoke the key" }).click();
  await expect(row).toContainText(/revoked/i);
  const refused = await request.get("/api/v1/whoami", { headers });
  expect(refused.status()).toBe(401);
  expect(await refused.json()).toMatchObject({ code: "unauthenticated", detail: "This key was revoked." });
});

test("a person's token acts as the person", async ({ page, request }) => {
  const { email } = demoPerson("reviewer");
  await signInAs(page, "reviewer", "/settings/tokens");
  await page.getByRole("button", { name: "New token" }).click();
  await page.getByLabel("Name").fill("laptop");
  await page.getByRole("button", { name: "Create the token" }).click();
  const token = await page.getByRole("region", { name: "Personal token" }).innerText();
  await page.getByRole("button", { name: "Done" }).click();
  await checkPage(page);
  const who = await request.get("/api/v1/whoami", { headers: { authorization: `Bearer ${token}` } });
  expect(await who.json()).toMatchObject({ kind: "user", email, role: "reviewer", via: "token" });
  await page.getByRole("button", { name: "Revoke laptop" }).first().click();
  await page.getByRole("button", { name: "Revoke the token" }).click();
  await expect(page.getByText("laptop is revoked")).toBeVisible();
});

test("nobody changes their own access", async ({ page }) => {
  const { email } = await signInAs(page, "admin", "/settings/members");
  const own = page.getByRole("row", { name: /\(you\)/ });
  await expect(own).toContainText(email);
  await expect(own.getByRole("button")).toHaveCount(0);
});

test("the account page finds nothing to complain about", async ({ page }) => {
  await signInAs(page, "auditor", "/settings/account");
  await expect(page.getByRole("heading", { name: "Password" })).toBeVisible();
  await checkPage(page);
  await page.goto("/settings");
  await checkPage(page);
});
