import { type Browser, expect } from "@playwright/test";
import { signedIn } from "./demo-people";
import { ownPages } from "./own-pages";

type Stop = { scope: string; scope_id: string };

/** Whatever became of a story that stops something, the next ones find everything running. */
export async function resumeAll(browser: Browser, baseURL: string | undefined): Promise<void> {
  const office = await (await browser.newContext({ baseURL })).newPage();
  await signedIn(office, "admin");
  const list = await office.request.get("/api/v1/stops?active=true");
  for (const { scope, scope_id } of ((await list.json()) as { data: Stop[] }).data) {
    const which = scope === "global" ? { scope } : { scope, scope_id };
    const data = { ...which, reason: "The story is over" };
    const answer = await office.request.post("/api/v1/stops/resume", { data, headers: ownPages });
    expect(answer.ok(), await answer.text()).toBe(true);
  }
  await office.context().close();
}
