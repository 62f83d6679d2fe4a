import { type Browser, expect, type Page } from "@playwright/test";
import type { Role } from "@/lib/identity/schema";
import { signInAs } from "./demo-people";

/** Somebody else of a role, invited by the admin; their page is signed in. */
export async function anotherPerson(
  browser: Browser,
  baseURL: string | undefined,
  { role, name }: { role: Role; name: string },
): Promise<Page> {
  const office = await (await browser.newContext({ baseURL })).newPage();
  await signInAs(office, "admin", "/settings/members");
  await office.getByRole("button", { name: "Invite" }).click();
  await office.getByLabel("Name").fill(name);
  await office.getByLabel("E-mail").fill(`${role}-${Date.now()}@example.test`);
  await office.getByLabel("Role").selectOption(role);
  await office.getByRole("button", { name: "Create the link" }).click();
  const link = await office.getByRole("region", { name: "Invitation link" }).innerText();
  await office.context().close();
  const page = await (await browser.newContext({ baseURL })).newPage();
  await page.goto(new URL(link).pathname);
  await page.getByLabel("Password", { exact: true }).fill("quiet lantern meridian");
  await page.getByRole("button", { name: "Join" }).click();
  await expect(page).toHaveURL(/\/$/);
  return page;
}
