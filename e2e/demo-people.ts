import { readFileSync } from "node:fs";
import path from "node:path";
import { type Cookie, expect, type Page } from "@playwright/test";
import type { Role } from "@/lib/identity/schema";

type DemoPerson = { role: Role; email: string; password: string };

/** The demo's person of a role, from the demo.json that `npm start` writes. */
export function demoPerson(role: Role): DemoPerson {
  const file = path.join(process.env.COUNTERSIGN_DATA_DIR ?? "data", "demo.json");
  const demo = JSON.parse(readFileSync(file, "utf8")) as { users: DemoPerson[] };
  const person = demo.users.find((user) => user.role === role);
  if (!person) throw new Error(`${file} has no ${role}`);
  return person;
}

/** Fills in the sign-in page that is open, and sends it. */
export async function fillSignIn(page: Page, { email, password }: { email: string; password: string }) {
  await page.getByLabel("E-mail").fill(email);
  await page.getByLabel("Password", { exact: true }).fill(password);
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
}

// A session outlives a story: the next story of the same person takes it up, unless it was ended.
const sessions = new Map<Role, Cookie[]>();

/** Opens a page as the demo's person of a role, who signs in when they have not before. */
export async function signInAs(page: Page, role: Role, next = "/"): Promise<DemoPerson> {
  const person = demoPerson(role);
  // Whoever was signed in here before is not any more.
  await page.context().clearCookies();
  await page.context().addCookies(sessions.get(role) ?? []);
  await page.goto(sessions.has(role) ? next : signInPath(next));
  if (/\/sign-in/.test(page.url())) {
    await page.goto(signInPath(next));
    await fillSignIn(page, person);
    await expect(page).not.toHaveURL(/\/sign-in/);
    sessions.set(role, await page.context().cookies());
  }
  await listening(page);
  return person;
}

function signInPath(next: string): string {
  return `/sign-in?next=${encodeURIComponent(next)}`;
}

/** What the server drew is seen before it listens: React leaves a mark on what it has taken over. */
export async function listening(page: Page): Promise<void> {
  await page
    .waitForFunction(
      () =>
        [...document.querySelectorAll("main button")].every((button) =>
          Object.keys(button).some((key) => key.startsWith("__react")),
        ),
      undefined,
      { timeout: 10_000 },
    )
    // A page that is left meanwhile has nothing to wait for.
    .catch(() => undefined);
}
