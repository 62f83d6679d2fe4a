import { readFileSync } from "node:fs";
import path from "node:path";
import { type Cookie, expect, type Page } from "@playwright/test";
import type { Role } from "@/lib/identity/schema";

type DemoPerson = { role: Role; email: string; password: string };

/** A role's person; what takes two admins needs the other one too. */
export type Who = Role | "second admin";

/** The demo's person of a role, from the demo.json that `npm start` writes. */
export function demoPerson(who: Who): DemoPerson {
  const file = path.join(process.env.COUNTERSIGN_DATA_DIR ?? "data", "demo.json");
  const demo = JSON.parse(readFileSync(file, "utf8")) as { users: DemoPerson[] };
  const person =
    who === "second admin"
      ? demo.users.filter(({ role }) => role === "admin")[1]
      : demo.users.find(({ role }) => role === who);
  if (!person) throw new Error(`${file} has no ${who}`);
  return person;
}

/** Fills in the sign-in page that is open, and sends it. */
export async function fillSignIn(page: Page, { email, password }: { email: string; password: string }) {
  await page.getByLabel("E-mail").fill(email);
  await page.getByLabel("Password", { exact: true }).fill(password);
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
}

// A session outlives a story: the next story of the same person takes it up, unless it was ended.
const sessions = new Map<Who, Cookie[]>();

/** The browser has the session of the demo's person of a role; no page is opened. How one signs in is a story of its own. */
export async function signedIn(page: Page, who: Who): Promise<DemoPerson> {
  const person = demoPerson(who);
  const context = page.context();
  // Whoever was signed in here before is not any more.
  await context.clearCookies();
  await context.addCookies(sessions.get(who) ?? []);
  const known = sessions.has(who) && (await page.request.get("/api/v1/whoami")).ok();
  if (!known) {
    await context.clearCookies();
    await signInWithout(page, person);
    sessions.set(who, await context.cookies());
  }
  return person;
}

/** Sends what the sign-in page sends; the cookies come into the browser. */
async function signInWithout(page: Page, { email, password }: DemoPerson): Promise<void> {
  const first = await page.request.get("/api/auth/csrf");
  const { csrfToken } = (await first.json()) as { csrfToken: string }; // next-auth's own answer
  const answer = await page.request.post("/api/auth/callback/password", {
    form: { email, password, csrfToken, json: "true" },
    headers: { origin: new URL(first.url()).origin },
  });
  expect(answer.ok(), `${email} could not sign in: ${answer.status()}`).toBe(true);
  expect((await page.request.get("/api/v1/whoami")).ok()).toBe(true);
}

/** Opens a page as the demo's person of a role. */
export async function signInAs(page: Page, who: Who, next = "/"): Promise<DemoPerson> {
  const person = await signedIn(page, who);
  await page.goto(next);
  await expect(page).not.toHaveURL(/\/sign-in/);
  await listening(page);
  return person;
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
