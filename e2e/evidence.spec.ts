import { expect, type Page, test } from "@playwright/test";
import { checkPage } from "./check-page";
import { demoApp } from "./demo-decisions";
import { signInAs } from "./demo-people";

const pixel =
  "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAoAAAAKCAYAAACNMs+9AAAAFUlEQVR42mP8z8BQz0AEYBxVSF+FABJADveWkH6oAAAAAElFTkSuQmCC";
const part = (page: Page, name: string) => page.getByRole("region", { name, exact: true });

/** A refund with evidence of every kind, about one customer. */
function aCase(words: string, customer: string) {
  return {
    type: "refund.issue",
    subject: { type: "customer", id: customer, url: "https://shop.example/customers/1" },
    input: {
      message: words,
      messages: [
        { from: "customer", text: `${words} <img src=x onerror=alert(1)>`, at: "2026-11-20T09:00:00Z" },
        { from: "agent", text: "Which invoice is it?" },
      ],
    },
    context: [
      {
        id: "payments",
        kind: "payments",
        title: "Payments",
        source: "billing",
        fetched_at: new Date(Date.now() - 3 * 86_400_000).toISOString(),
        url: "https://billing.example/invoices/1",
        data: [
          { payment: "p1", paid: { amount: 18_000, currency: "EUR" } },
          { payment: "p2", paid: { amount: 18_000, currency: "EUR" } },
        ],
      },
      {
        id: "policy",
        kind: "policy",
        title: "Policy",
        text: "Duplicates are refunded in full. Others are not.",
      },
      { id: "photo", kind: "image", title: "Statement", data: { image: pixel } },
      { id: "afar", kind: "image", title: "Elsewhere", data: "https://cdn.example/photo.png" },
      { id: "now", kind: "current", title: "As it is", data: { reason: "requested_by_customer" } },
    ],
    proposal: { arguments: { invoice: "INV-0001", amount: 100, currency: "EUR", reason: "duplicate" } },
    rationale: {
      text: "It was paid twice.",
      citations: [{ context_id: "policy", quote: "Duplicates are refunded in full." }],
    },
    model: { name: "support-model", input_tokens: 900, output_tokens: 80, latency_ms: 1200 },
    prompt_version: "refunds@3",
  };
}

/** Words that no other run's cases have. */
const ownWords = () => `Umbrella ${Math.random().toString(36).slice(2)} charged twice`;

test("a reviewer sees each piece of evidence as what it is, what the rationale quotes, and what would change", async ({
  page,
  request,
}) => {
  const abroad: string[] = [];
  page.on("request", (sent) => {
    if (/billing\.example|cdn\.example|shop\.example/.test(sent.url())) abroad.push(sent.url());
  });
  const desk = demoApp(request, "refund-desk");
  const decision = await desk.submit(aCase(ownWords(), `cus_${Date.now()}`));
  await signInAs(page, "reviewer", decision.reviewPath);
  const evidence = part(page, "Evidence");
  await expect(evidence.getByText("Which invoice is it?")).toBeVisible();
  await expect(evidence.getByText("onerror=alert(1)")).toBeVisible();
  await expect(page.getByRole("table", { name: "Payments: 2 records" })).toContainText("€180.00");
  await expect(evidence.getByText("More than a day old")).toBeVisible();
  await expect(evidence.getByRole("link", { name: "billing.example" })).toBeVisible();
  await expect(evidence.getByRole("img", { name: /Sent as evidence/ })).toBeVisible();
  await expect(evidence.getByRole("link", { name: "cdn.example" })).toBeVisible();
  await expect(evidence.locator("mark")).toHaveText("Duplicates are refunded in full.");
  await expect(evidence.getByText("Others are not.")).toBeVisible();

  const proposal = part(page, "Proposal");
  await expect(proposal.getByRole("heading", { name: "Now → proposed" })).toBeVisible();
  await expect(proposal.locator("del")).toContainText("requested by customer");
  await expect(proposal.locator("ins")).toContainText("duplicate");

  const why = part(page, "Why");
  await expect(why.getByText("written by the model, not verified")).toBeVisible();
  const site = why.getByRole("link", { name: "shop.example" });
  await expect(site).toHaveAttribute("href", "https://shop.example/customers/1");
  await expect(site).toHaveAttribute("rel", /\bnoreferrer noopener\b/);
  await why.getByText("Model and prompt").click();
  await expect(why.getByText("1,200 ms")).toBeVisible();
  await checkPage(page);
  expect(abroad, "nothing of the evidence is fetched").toEqual([]);
});

test("how alike cases were ruled is shown, and that a verdict would go against them", async ({
  page,
  request,
}) => {
  test.setTimeout(90_000);
  const desk = demoApp(request, "refund-desk");
  const words = ownWords();
  await signInAs(page, "reviewer");
  for (let at = 0; at < 3; at += 1) {
    const { review } = await desk.submit(aCase(words, `cus_${Date.now()}_${at}`));
    const ruled = await page.request.post(`/api/v1/reviews/${review?.id}/verdict`, {
      data: { verdict: "decline", reason_code: "not entitled" },
      headers: { origin: new URL(page.url()).origin },
    });
    expect(ruled.status(), await ruled.text()).toBe(200);
  }
  const decision = await desk.submit(aCase(words, `cus_${Date.now()}`));
  await expect
    .poll(async () => {
      const answer = await request.get(`/api/v1/decisions/${decision.id}/similar`, { headers: desk.key });
      return ((await answer.json()) as { data: unknown[] }).data.length;
    })
    .toBeGreaterThanOrEqual(3);
  await page.goto(decision.reviewPath);
  await expect(page.getByText("nearest were all declined. Approving goes against them.")).toBeVisible();
  await expect(
    part(page, "Proposal").getByRole("heading", { name: "The checks do not agree" }),
  ).toBeVisible();
});

test("a note names a colleague by keyboard alone, and an app cannot read it", async ({ page, request }) => {
  const desk = demoApp(request, "refund-desk");
  const decision = await desk.submit(aCase(ownWords(), `cus_${Date.now()}`));
  await signInAs(page, "reviewer", decision.reviewPath);
  const field = page.getByRole("textbox", { name: "Write a note" });
  await field.focus();
  await page.keyboard.type("Ask @ada");
  await expect(page.getByRole("option", { name: /Ada Okafor/ })).toBeVisible();
  await page.keyboard.press("Enter");
  await expect(field).toHaveValue("Ask @Ada Okafor ");
  await page.keyboard.press("ControlOrMeta+Enter");
  await expect(page.getByText("told Ada Okafor")).toBeVisible();
  const answer = await request.get(`/api/v1/decisions/${decision.id}/notes`, { headers: desk.key });
  expect(answer.status()).toBe(403);
});

test("all decisions about one customer stand on one page", async ({ page, request }) => {
  const desk = demoApp(request, "refund-desk");
  const customer = `cus/${Date.now()} ä`;
  const decision = await desk.submit(aCase(ownWords(), customer));
  await desk.submit(aCase(ownWords(), customer));
  await signInAs(page, "reviewer", decision.reviewPath);
  await part(page, "Proposal")
    .getByRole("link", { name: `customer ${customer}` })
    .click();
  await expect(page.getByRole("heading", { level: 1, name: `customer ${customer}` })).toBeVisible();
  await expect(page.getByRole("article")).toHaveCount(2);
  await expect(page.getByRole("region", { name: "What waits for a person?" })).toContainText("2");
  await checkPage(page);
});

test("on a phone the evidence, the proposal and the reasons are three parts", async ({ page, request }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  const desk = demoApp(request, "refund-desk");
  const decision = await desk.submit(aCase(ownWords(), `cus_${Date.now()}`));
  await signInAs(page, "reviewer", decision.reviewPath);
  const parts = page.getByRole("navigation", { name: "Parts of the review" });
  await expect(part(page, "Proposal")).toBeVisible();
  await parts.getByRole("button", { name: "Evidence" }).click();
  await expect(page.getByRole("table", { name: "Payments: 2 records" })).toBeVisible();
  await parts.getByRole("button", { name: "Why" }).click();
  await expect(page.getByRole("heading", { name: "Similar past cases" })).toBeVisible();
  await checkPage(page);
});
