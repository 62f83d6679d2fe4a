import { expect, test, type Page } from "@playwright/test";
import type { ExecutionView } from "@/lib/execution/schema";
import type { List } from "@/lib/kernel/list";
import { checkPage } from "./check-page";
import { demoApp } from "./demo-decisions";
import { signedIn, signInAs } from "./demo-people";

type Made = { id: string };

/** A system that says neither yes nor no, and cannot be asked: the billing system, called without its key. */
async function aMuteSystem(admin: Page, name: string): Promise<string> {
  const origin = new URL(admin.url()).origin;
  async function make(path: string, data: object): Promise<Made> {
    const answer = await admin.request.post(path, { data, headers: { origin } });
    expect(answer.status(), await answer.text()).toBe(201);
    return (await answer.json()) as Made;
  }
  const known = await admin.request.get("/api/v1/connectors?limit=100");
  const { data } = (await known.json()) as List<{ key: string; config: { base_url: string } }>;
  const base = data.find(({ key }) => key === "billing")?.config.base_url;
  const connector = await make("/api/v1/connectors", {
    key: name,
    name: "Mute system",
    class: "C",
    config: { kind: "http", base_url: base, auth: "none" },
  });
  const action = await make(`/api/v1/connectors/${connector.id}/actions`, {
    key: "poke",
    name: "Poke",
    config: { kind: "http", method: "POST", path: "/v1/refunds", body: {}, refusal_statuses: [] },
  });
  const type = `${name.replaceAll("-", ".")}`;
  await make("/api/v1/decision_types", {
    key: type,
    name: "Poke",
    action_id: action.id,
    reversibility: "reversible",
    summary_template: `Poke ${name}`,
  });
  return type;
}

test("what nobody answered is settled by a person who did not approve it, and whoever watches sees it", async ({
  page,
  browser,
  request,
  baseURL,
}) => {
  test.slow();
  const name = `mute-s${Date.now()}`;
  const admin = await (await browser.newContext({ baseURL })).newPage();
  await signInAs(admin, "admin", "/reconcile");
  await expect(admin.getByRole("heading", { level: 1, name: "Reconcile" })).toBeVisible();
  const type = await aMuteSystem(admin, name);

  const app = demoApp(request, "refund-desk");
  const decision = await app.submit({ type, input: {}, proposal: { arguments: {} } });
  await signedIn(page, "reviewer");
  await page.goto(decision.reviewPath);
  await expect(page.getByText("Claimed by you")).toBeVisible();
  await page.keyboard.press("a");
  await expect.poll(() => app.statusOf(decision.id), { timeout: 20_000 }).toBe("approved");

  let execution: ExecutionView | undefined;
  await expect(async () => {
    const list = await request.get(`/api/v1/executions?decision_id=${decision.id}`, { headers: app.key });
    [execution] = ((await list.json()) as List<ExecutionView>).data;
    expect(execution).toMatchObject({ status: "unknown", needs_person: true });
  }).toPass({ timeout: 20_000 });

  // It waits on the desk; whoever approved it may look, and settles nothing.
  await page.goto("/reconcile?tab=unanswered");
  await checkPage(page);
  await page.goto(`/executions/${execution?.id}?from=reconcile`);
  await expect(page.getByText("You approved this decision")).toBeVisible();
  await expect(page.getByRole("button", { name: "Settle it" })).toHaveAttribute("aria-disabled", "true");
  await checkPage(page);

  await admin.goto(`/executions/${execution?.id}?from=reconcile`);
  await expect(admin.getByRole("button", { name: "Settle it" })).toBeEnabled();
  // The button is there before the page listens to its key.
  await expect(async () => {
    await admin.keyboard.press("s");
    await expect(admin.getByRole("dialog")).toBeVisible({ timeout: 1000 });
  }).toPass({ timeout: 20_000 });
  await admin.getByLabel("Nothing happened, and nothing will").check();
  await admin.getByLabel("How do you know?").fill("Their log has no such request");
  await admin.getByRole("dialog").getByRole("button", { name: "Settle it" }).click();
  await expect(admin.getByText("A person settled it")).toBeVisible();

  // The page that was open all along has heard of it.
  await expect(page.getByText("A person settled it")).toBeVisible({ timeout: 15_000 });
  await admin.context().close();
});
