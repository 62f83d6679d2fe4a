import { expect, test, type Page } from "@playwright/test";
import type { DecisionView } from "@/lib/decisions/schema";
import type { ExecutionView } from "@/lib/execution/schema";
import type { List } from "@/lib/kernel/list";
import { checkPage } from "./check-page";
import { aMessage, demoApp } from "./demo-decisions";
import { signedIn, signInAs } from "./demo-people";
import { ownPages } from "./own-pages";

async function approve(page: Page, reviewId: string | undefined): Promise<void> {
  const data = { verdict: "approve" };
  const answer = await page.request.post(`/api/v1/reviews/${reviewId}/verdict`, { headers: ownPages, data });
  expect(answer.ok(), await answer.text()).toBe(true);
}

/** The execution of a decision, once it succeeded. */
async function carriedOut(page: Page, decisionId: string): Promise<ExecutionView> {
  let found: ExecutionView | undefined;
  const read = async () => {
    const list = await page.request.get(`/api/v1/executions?decision_id=${decisionId}`);
    [found] = ((await list.json()) as List<ExecutionView>).data;
    return found?.status;
  };
  await expect.poll(read, { timeout: 30_000 }).toBe("succeeded");
  if (!found) throw new Error("no execution");
  return found;
}

test("a wrong quarantine is undone: one person proposes it, another approves, the mailbox gives the message back", async ({
  page,
  browser,
  baseURL,
  request,
}) => {
  test.slow();
  const message = aMessage(`Wanted after all ${Date.now()}`);
  const { id, review } = await demoApp(request, "mail-guard").submit(message);
  await signedIn(page, "reviewer");
  await approve(page, review?.id);
  const held = await carriedOut(page, id);

  const admin = await (await browser.newContext({ baseURL })).newPage();
  await signInAs(admin, "admin", `/executions/${held.id}`);
  await admin.getByRole("button", { name: "Propose to undo" }).click();
  await admin.getByLabel("Why it should be undone").fill("Its reader asked for it");
  await admin.getByRole("button", { name: "Propose it" }).click();
  await expect(admin).toHaveURL(/\/decisions\/dec_/);
  const undoing = new URL(admin.url()).pathname.split("/").at(-1) ?? "";

  const answer = await page.request.get(`/api/v1/decisions/${undoing}`);
  const proposed = (await answer.json()) as DecisionView;
  expect(proposed).toMatchObject({ type: "message.release", status: "in_review" });
  await approve(page, proposed.review?.id);
  const released = await carriedOut(page, undoing);
  expect(released.reference).toMatch(/^rel_/);

  await admin.goto(`/executions/${released.id}`);
  await expect(admin.getByRole("heading", { level: 1 })).toContainText("Release");
  await expect(admin.getByText(`Quarantine “${message.proposal.arguments.subject}”`).first()).toBeVisible();
  await checkPage(admin);
  await admin.goto(`/executions/${held.id}`);
  await expect(admin.getByRole("link", { name: "See its undoing" })).toBeVisible();
});
