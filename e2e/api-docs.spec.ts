import { expect, test } from "@playwright/test";
import { problems } from "@/lib/kernel/problems";
import { demoApp } from "./demo-decisions";

type Document = {
  openapi: string;
  paths: Record<string, Record<string, { operationId: string; summary: string }>>;
};

test("a developer without an account finds an operation, its fields and how to run it", async ({ page }) => {
  await page.goto("/docs/api");
  await expect(page.getByRole("region", { name: "1. Submit a decision" })).toContainText("Idempotency-Key");
  await page.getByRole("navigation", { name: "Contents" }).getByRole("link", { name: "Decisions" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Decisions" })).toBeVisible();
  const submit = page.getByRole("region", { name: "Submit a decision", exact: true });
  await expect(submit.getByText("confidence", { exact: true }).first()).toBeVisible();
  await expect(submit.getByRole("region", { name: "curl: Submit a decision" })).toContainText(
    "/api/v1/decisions",
  );
});

test("every operation of the document is in the reference", async ({ page, request }) => {
  test.slow();
  const document = (await (await request.get("/api/openapi.json")).json()) as Document;
  expect(document.openapi).toBe("3.1.0");
  const operations = Object.values(document.paths).flatMap((methods) => Object.values(methods));
  await page.goto("/docs/api");
  const groups = await page
    .locator('#main a[href^="/docs/api/"]')
    .evaluateAll((links) => [
      ...new Set(links.map((link) => new URL((link as HTMLAnchorElement).href).pathname)),
    ]);
  const shown: string[] = [];
  for (const group of groups) {
    const html = await (await request.get(group)).text();
    shown.push(...[...html.matchAll(/<h2 id="([A-Za-z]+)"/g)].map((match) => match[1] ?? ""));
  }
  expect(shown.toSorted()).toEqual(operations.map(({ operationId }) => operationId).toSorted());
});

test("the type of every problem is a page that says what to do", async ({ request }) => {
  for (const [code, [title]] of Object.entries(problems)) {
    const answer = await request.get(`/docs/errors/${code}`);
    expect(answer.status(), code).toBe(200);
    expect(await answer.text(), code).toContain(title.replaceAll("'", "&#x27;"));
  }
  expect((await request.get("/docs/errors/no_such_code")).status()).toBe(404);
});

test("a refused request names the page that explains it", async ({ page, request }) => {
  const { key } = demoApp(request, "refund-desk");
  const answer = await request.post("/api/v1/decisions", {
    headers: { ...key, "Idempotency-Key": "api-docs-story" },
    data: { type: "refund.issue", input: {}, proposal: { arguments: {} }, confidence: 1.5 },
  });
  expect(answer.status()).toBe(422);
  const { type } = (await answer.json()) as { type: string };
  await page.goto(type);
  await expect(page.getByRole("heading", { level: 1, name: problems.validation_failed[0] })).toBeVisible();
});
