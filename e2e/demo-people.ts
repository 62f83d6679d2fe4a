import { readFileSync } from "node:fs";
import path from "node:path";
import { expect, type Page } from "@playwright/test";
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

/** Signs the demo's person of a role in, and waits for the console. */
export async function signInAs(page: Page, role: Role, next = "/"): Promise<DemoPerson> {
  const person = demoPerson(role);
  await page.goto(`/sign-in?next=${encodeURIComponent(next)}`);
  await fillSignIn(page, person);
  await expect(page).not.toHaveURL(/\/sign-in/);
  await listening(page);
  return person;
}

/** What the server drew is seen before it listens: React leaves a mark on what it has taken over. */
async function listening(page: Page): Promise<void> {
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
