import { expect, test } from "@playwright/test";
import { checkPage } from "./check-page";
import { aRefund, demoApp } from "./demo-decisions";
import { listening, signedIn, signInAs } from "./demo-people";
import { ownPages } from "./own-pages";

/** As a browser says that a page of ours asks. */

test("an admin makes an evaluator, tries it, lets it score, and sees it stop counting where people disagree", async ({
  page,
  request,
}) => {
  test.slow();
  const name = `Above one euro ${Date.now()}`;
  await signedIn(page, "admin");
  const answer = await page.request.get("/api/v1/apps/refund-desk");
  const app = ((await answer.json()) as { id: string }).id;
  const desk = demoApp(request, "refund-desk");
  await desk.submit(aRefund("INV-0001", 100));

  await page.goto(`/apps/${app}`);
  await page.getByRole("link", { name: "Evaluators" }).click();
  await expect(page.getByRole("heading", { name: "Evaluators", level: 1 })).toBeVisible();
  await checkPage(page);
  await page.getByRole("link", { name: "New evaluator" }).first().click();
  await listening(page);
  await page.getByLabel(/^Name/).fill(name);
  await page.getByLabel("Kind").selectOption({ label: "Expression" });
  // A wrong expression is told its place, and nothing is made.
  await page.getByLabel(/^Expression/).fill("decision.nothing > 1.0");
  await page.getByRole("button", { name: "Make the evaluator" }).click();
  await expect(page.getByText(/Line 1, column/)).toBeVisible();
  await page.getByLabel(/^Expression/).fill('decision.predicted == "positive"');
  await page.getByRole("button", { name: "Try it" }).click();
  await expect(
    page.getByRole("region", { name: "Try it" }).getByText("Passes", { exact: true }),
  ).toBeVisible();
  await page.getByLabel(/^Floor of agreement/).fill("0.5");
  await checkPage(page);
  await page.getByRole("button", { name: "Make the evaluator" }).click();
  await expect(page.getByRole("heading", { name, level: 1 })).toBeVisible();
  await listening(page);

  await page.getByRole("button", { name: "New rule" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Where").fill("decision.amount > 0.0");
  await dialog.getByRole("button", { name: "Make the rule" }).click();
  await expect(dialog).toBeHidden();
  await expect(page.getByText("All of every type where the condition holds, at once")).toBeVisible();
  const scored = await desk.submit(aRefund("INV-0001", 101));
  await expect(async () => {
    const scores = await page.request.get(`/api/v1/scores?decision=${scored.id}`);
    const { data } = (await scores.json()) as { data: { status: string; evaluator: string }[] };
    expect(data.find((one) => one.evaluator === name)?.status).toBe("done");
  }).toPass({ timeout: 60_000 });
  await page.goto(`/decisions/${scored.id}`);
  await expect(page.getByRole("link", { name, exact: true })).toBeVisible();
  await page.getByRole("link", { name, exact: true }).click();
  await expect(page.getByRole("heading", { name, level: 1 })).toBeVisible();

  // People rule the other way as often as the same way: agreement is chance.
  const evaluator = page.url().split("/").at(-1) ?? "";
  const both = (subject: string, said: boolean, ruled: boolean) => [
    { subject, scorer: "import", passed: said },
    { subject, scorer: "person", by: "ana", passed: ruled },
  ];
  const scores = Array.from({ length: 60 }, (_, at) => both(`s-${at}`, at % 2 === 0, at % 3 === 0)).flat();
  const given = await page.request.post(`/api/v1/evaluators/${evaluator}/scores`, {
    data: { scores },
    headers: ownPages,
  });
  expect(given.ok(), await given.text()).toBe(true);
  await expect(page.getByText("Does not count").first()).toBeVisible({ timeout: 30_000 });
  await expect(page.getByText(/is below its floor of 0\.50/).first()).toBeVisible();
  await expect(page.getByText("Disagree", { exact: true }).first()).toBeVisible();
  await checkPage(page);

  // A new version counts again, and what it changed is shown.
  await page.getByLabel(/^Expression/).fill("decision.arguments.amount > 100.0");
  await page.getByRole("button", { name: "Save as version 2" }).click();
  await expect(page.getByText("Version 2 scores from now on")).toBeVisible();
  await expect(page.getByText("Counts", { exact: true })).toBeVisible();
  await page.getByText("One setting other than in version 1").click();
  await expect(page.getByText("+ decision.arguments.amount > 100.0")).toBeVisible();
  await checkPage(page);
});

test("an auditor rules on what an evaluator scored by key, before its score is shown", async ({
  page,
  request,
}) => {
  await signedIn(page, "admin");
  const answer = await page.request.get("/api/v1/apps/refund-desk");
  const app = ((await answer.json()) as { id: string }).id;
  const desk = demoApp(request, "refund-desk");
  const decisions = [
    await desk.submit(aRefund("INV-0001", 102)),
    await desk.submit(aRefund("INV-0001", 103)),
  ];
  const data = { app, name: `Ruled on ${Date.now()}`, kind: "exact", config: {} };
  const made = await page.request.post("/api/v1/evaluators", { data, headers: ownPages });
  const { id } = (await made.json()) as { id: string };
  const scores = decisions.map((one) => ({
    decision: one.id,
    scorer: "import",
    passed: false,
    rationale: "The amount is odd",
  }));
  const given = await page.request.post(`/api/v1/evaluators/${id}/scores`, {
    data: { scores },
    headers: ownPages,
  });
  expect(given.ok(), await given.text()).toBe(true);

  await signInAs(page, "auditor", `/apps/${app}/evaluators/${id}`);
  await page.getByRole("link", { name: "Rule on its scores" }).click();
  await expect(page.getByText("You have ruled on 0, 2 left.")).toBeVisible();
  await expect(page.getByText("The amount is odd")).toHaveCount(0);
  await listening(page);
  await checkPage(page);
  await page.keyboard.press("1");
  await expect(page.getByText("You disagree")).toBeVisible();
  await expect(page.getByText("The amount is odd")).toBeVisible();
  await checkPage(page);
  await page.keyboard.press("n");
  await expect(page.getByText("The amount is odd")).toHaveCount(0);
  await page.keyboard.press("2");
  await expect(page.getByText("You say the same")).toBeVisible();
  await expect(page.getByText("You have ruled on 2, 0 left.")).toBeVisible();
  const measured = await page.request.get(`/api/v1/evaluators/${id}/agreement`);
  expect(await measured.json()).toMatchObject({ n: 2, agreement: { value: 0.5 } });
});

test("an auditor reads evaluators and changes none; a reviewer does not open them", async ({ page }) => {
  await signedIn(page, "auditor");
  const answer = await page.request.get("/api/v1/apps/refund-desk");
  const app = ((await answer.json()) as { id: string }).id;
  await page.goto(`/apps/${app}/evaluators`);
  await expect(page.getByRole("heading", { name: "Evaluators", level: 1 })).toBeVisible();
  await expect(page.getByRole("link", { name: "New evaluator" })).toHaveCount(0);
  const data = { app, name: "Mine", kind: "exact", config: {} };
  expect((await page.request.post("/api/v1/evaluators", { data, headers: ownPages })).status()).toBe(403);
  await signedIn(page, "reviewer");
  await page.goto(`/apps/${app}/evaluators`);
  await expect(page.getByText("Evaluators are not yours to open")).toBeVisible();
});
