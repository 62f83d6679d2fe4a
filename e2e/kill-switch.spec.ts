import { readFileSync } from "node:fs";
import path from "node:path";
import { expect, test, type APIRequestContext } from "@playwright/test";
import type { DecisionView } from "@/lib/decisions/schema";
import type { ExecutionView } from "@/lib/execution/schema";
import type { List } from "@/lib/kernel/list";
import { checkPage } from "./check-page";
import { signInAs } from "./demo-people";
import { resumeAll } from "./resume-all";

/** The refund desk, as its own program would call the API. */
function refundDesk(request: APIRequestContext) {
  const file = path.join(process.env.COUNTERSIGN_DATA_DIR ?? "data", "demo.json");
  const demo = JSON.parse(readFileSync(file, "utf8")) as { apiKeys: { app: string; key: string }[] };
  const key = demo.apiKeys.find(({ app }) => app === "refund-desk")?.key;
  const headers = { authorization: `Bearer ${key}` };
  return {
    async submit(name: string): Promise<DecisionView> {
      const known = await request.get("/api/v1/decisions?type=refund.issue&status=in_review&limit=100", {
        headers,
      });
      const { data } = (await known.json()) as List<DecisionView>;
      // In the cap's own currency, so that one key approves it.
      const sample = data.find(({ proposal }) => proposal.amount?.currency === "EUR");
      const answer = await request.post("/api/v1/decisions", {
        headers,
        data: {
          type: "refund.issue",
          external_id: name,
          input: { message: "I was charged twice" },
          proposal: { arguments: { ...sample?.proposal.arguments, amount: 1 } },
          confidence: 0.99,
        },
      });
      expect(answer.status()).toBe(201);
      return (await answer.json()) as DecisionView;
    },
    async decision(id: string): Promise<DecisionView> {
      return (await (await request.get(`/api/v1/decisions/${id}`, { headers })).json()) as DecisionView;
    },
    async execution(decisionId: string): Promise<ExecutionView | undefined> {
      const list = await request.get(`/api/v1/executions?decision_id=${decisionId}`, { headers });
      return ((await list.json()) as List<ExecutionView>).data[0];
    },
  };
}

test.afterEach(({ browser, baseURL }) => resumeAll(browser, baseURL));

test("a reviewer stops everything: nothing runs, people still rule, and an admin's resume carries it out", async ({
  page,
  browser,
  request,
  baseURL,
}) => {
  test.slow();
  const desk = refundDesk(request);
  const name = `kill-switch-${Date.now()}`;

  await signInAs(page, "reviewer", "/apps");
  await page.getByRole("button", { name: "Stop everything" }).click();
  await page.getByLabel("Reason").fill("Refunds look wrong");
  await page.getByRole("button", { name: "Stop automation" }).click();
  await expect(page.getByText("Automation is stopped for all apps")).toBeVisible();

  // Sure as it is, it goes to a person; and what the person approves waits.
  const decision = await desk.submit(name);
  expect(decision.route.outcome).toBe("review");
  expect(decision.route.reasons[0]?.kind).toBe("stop");
  await page.goto(`/inbox/${decision.review?.id}`);
  await expect(page.getByText("Claimed by you")).toBeVisible();
  await checkPage(page);
  await page.keyboard.press("a");
  await expect
    .poll(async () => (await desk.decision(decision.id)).status, { timeout: 20_000 })
    .toBe("approved");
  await page.waitForTimeout(2000);
  const waiting = await desk.execution(decision.id);
  expect(waiting).toMatchObject({ status: "pending", attempts: 0, reference: null });

  await page.goto(`/executions/${waiting?.id}`);
  await expect(page.getByText("waiting for a worker")).toBeVisible();
  await checkPage(page);

  const admin = await (await browser.newContext({ baseURL })).newPage();
  await signInAs(admin, "admin", "/apps");
  await admin.getByRole("button", { name: "Resume" }).first().click();
  await admin.getByLabel("Reason").fill("They were right");
  await admin
    .getByRole("dialog")
    .getByRole("button", { name: /Resume/ })
    .click();
  await expect
    .poll(async () => (await desk.execution(decision.id))?.status, { timeout: 20_000 })
    .toBe("succeeded");

  await page.reload();
  await expect(page.getByText("did it, and said so")).toBeVisible();
  await expect(page.getByText("The same: what is stored is what was signed")).toBeVisible();
  await page.goto("/executions?show=all");
  await expect(page.getByRole("link", { name: decision.proposal.summary }).first()).toBeVisible();
  await checkPage(page);
  await page.goto("/executions");
  await checkPage(page);
});
