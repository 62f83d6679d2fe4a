import { randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { type APIRequestContext, expect, test } from "@playwright/test";
import { checkPage } from "./check-page";
import { aMessage, demoApp } from "./demo-decisions";
import { listening, signInAs } from "./demo-people";

async function aLink(request: APIRequestContext, subject: string) {
  const mailGuard = demoApp(request, "mail-guard");
  const decision = await mailGuard.submit(aMessage(subject));
  const made = await request.post("/api/v1/feedback_links", {
    headers: mailGuard.key,
    data: { decision_id: decision.id },
  });
  expect(made.status(), await made.text()).toBe(201);
  const { token, url } = (await made.json()) as { token: string; url: string };
  const said = async () => {
    const answer = await request.get(`/api/v1/decisions/${decision.id}/feedback`, { headers: mailGuard.key });
    const { data } = (await answer.json()) as {
      data: { vote: string | null; text: string | null; replaced_by: string | null }[];
    };
    return data.filter(({ replaced_by }) => replaced_by === null).map(({ vote, text }) => [vote, text]);
  };
  return { decision, token, path: new URL(url).pathname, said };
}

/** Another company's page, on an origin of its own. */
async function aForeignPage(html: string) {
  const server = createServer((_request, response) => {
    response.writeHead(200, { "Content-Type": "text/html; charset=utf-8" });
    response.end(
      `<!doctype html><html lang="en"><title>Shop</title><body><h1>Your order</h1>${html}</body></html>`,
    );
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}/`, close: () => server.close() };
}

test("a customer says on a telephone, without scripts, what they think, and changes their mind", async ({
  browser,
  request,
  baseURL,
}) => {
  const { path, said } = await aLink(request, `Customer ${Date.now()}`);
  const phone = { baseURL, viewport: { width: 390, height: 844 } };
  const plain = await (await browser.newContext({ ...phone, javaScriptEnabled: false })).newPage();
  await plain.goto(path);
  await plain.getByLabel("Bad").check();
  await plain.getByLabel("In your words").fill("<img src=x onerror=alert(1)> It is gone.");
  await plain.getByRole("button", { name: "Send it" }).click();
  await expect(plain.getByText("Thank you. We have what you said.")).toBeVisible();
  expect(await said()).toEqual([["down", "<img src=x onerror=alert(1)> It is gone."]]);

  const page = await (await browser.newContext(phone)).newPage();
  await page.goto(path);
  await expect(page.locator("meta[name=robots]")).toHaveAttribute("content", /noindex/);
  await expect(page.getByText("It is not decided yet.")).toBeVisible();
  await expect(page.getByLabel("In your words")).toHaveValue("<img src=x onerror=alert(1)> It is gone.");
  await checkPage(page);
  await page.getByLabel("Good").check();
  await page.getByLabel("In your words").fill("");
  await page.getByRole("button", { name: "Change it" }).click();
  await expect(page.getByText("Thank you. We have what you said.")).toBeVisible();
  await checkPage(page);
  expect(await said()).toEqual([["up", null]]);

  const nothing = await page.goto(`${path}x`);
  expect(nothing?.status()).toBe(404);
  await expect(page.getByRole("heading", { name: "This link does not work" })).toBeVisible();
  await checkPage(page);
});

test("a page of another site asks by the snippet, and reaches nothing else", async ({
  browser,
  request,
  baseURL,
}) => {
  const { token, decision, said } = await aLink(request, `Snippet ${Date.now()}`);
  const snippet = `<div data-countersign-token="${token}"></div><script async src="${baseURL}/feedback.js"></script>`;
  const shop = await aForeignPage(snippet);
  try {
    const page = await (await browser.newContext()).newPage();
    await page.goto(shop.url);
    const host = page.locator("[data-countersign-token]");
    await expect.poll(async () => (await host.boundingBox())?.height ?? 0).toBeGreaterThan(100);
    // The root is closed: people reach it, the page's own scripts do not.
    expect(await host.evaluate((element) => element.shadowRoot)).toBeNull();
    await page.getByRole("heading", { name: "Your order" }).click();
    await page.keyboard.press("Tab");
    await page.keyboard.press("Tab");
    await page.keyboard.press("Space");
    await page.keyboard.press("Tab");
    await page.keyboard.type("Wrong folder");
    await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    await expect.poll(said).toEqual([["down", "Wrong folder"]]);

    // Nothing else may be read from there.
    const others = [
      `/api/v1/decisions/${decision.id}`,
      "/api/v1/feedback_links",
      "/api/v1/whoami",
      "/feedback.js",
    ];
    for (const path of others) {
      const read = await page.evaluate(
        (url) =>
          fetch(url).then(
            () => "read",
            () => "refused",
          ),
        `${baseURL}${path}`,
      );
      expect(read, path).toBe("refused");
    }
  } finally {
    shop.close();
  }
});

test("an admin imports a file and reads what became of every row", async ({ page, request }) => {
  test.slow();
  const refunds = demoApp(request, "mail-guard");
  const one = await refunds.submit(aMessage(`Imported ${Date.now()}`));
  const name = `customers-${randomUUID().slice(0, 8)}.csv`;
  const file = [
    "decision_id,external_id,vote,text",
    `${one.id},,down,"=HYPERLINK(""http://evil.test"")"`,
    `,nowhere-${randomUUID()},up,`,
    `${one.id},,sideways,`,
    "",
  ].join("\r\n");
  await signInAs(page, "admin", "/settings/imports");
  await expect(page.getByRole("heading", { name: "Imports" })).toBeVisible();
  await page
    .getByLabel(/^File/)
    .setInputFiles({ name: "wrong.csv", mimeType: "text/csv", buffer: Buffer.from("colour\nred\n") });
  await page.getByRole("button", { name: "Import", exact: true }).click();
  await expect(page.getByText("There is no column “colour”")).toBeVisible();
  await page.getByLabel(/^File/).setInputFiles({ name, mimeType: "text/csv", buffer: Buffer.from(file) });
  await page.getByRole("button", { name: "Import", exact: true }).click();
  const row = page.getByRole("row", { name: new RegExp(name) });
  await expect(row.getByText("Finished")).toBeVisible({ timeout: 20_000 });
  await checkPage(page);
  await row.getByRole("link", { name }).click();
  const report = page.getByRole("table", { name: "What became of the rows" });
  await expect(report.getByText("Recorded")).toBeVisible();
  await expect(report.getByText("No decision")).toBeVisible();
  await expect(report.getByText(/\/vote/)).toBeVisible();
  await checkPage(page);
  await page
    .getByRole("group", { name: "Which rows" })
    .getByRole("button", { name: /^Wrong/ })
    .click();
  await expect(report.getByText("Recorded")).toHaveCount(0);
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("link", { name: "Download as CSV" }).click(),
  ]);
  const lines = readFileSync(await download.path(), "utf8")
    .trimEnd()
    .split("\r\n");
  expect(lines[0]).toBe("\u{FEFF}line,status,about,decision_id,problem");
  expect(lines[1]).toContain(`2,recorded,${one.id},${one.id}`);
  expect(lines).toHaveLength(4);

  // The same file again changes nothing.
  await page.goto("/settings/imports");
  await listening(page);
  await page
    .getByLabel(/^File/)
    .setInputFiles({ name: `again-${name}`, mimeType: "text/csv", buffer: Buffer.from(file) });
  await page.getByRole("button", { name: "Import", exact: true }).click();
  const again = page.getByRole("row", { name: new RegExp(`again-${name}`) });
  await expect(again.getByText("Finished")).toBeVisible({ timeout: 20_000 });
  const answer = await request.get(`/api/v1/decisions/${one.id}/feedback`, { headers: refunds.key });
  expect(((await answer.json()) as { data: unknown[] }).data).toHaveLength(1);
});

test("a reviewer quotes the words that were misread, and says what would have been right", async ({
  page,
  request,
}) => {
  const subject = `Quoted ${Date.now()}`;
  const { id } = await demoApp(request, "mail-guard").submit(aMessage(subject));
  await signInAs(page, "reviewer", `/decisions/${id}`);
  await page.getByLabel("Words it rests on").fill("a prize that is nowhere");
  await page.getByRole("button", { name: "Quote them" }).click();
  await expect(page.getByText("These words are not in the decision")).toBeVisible();
  await page.getByLabel("Words it rests on").fill("Win a prize");
  await page.getByRole("button", { name: "Quote them" }).click();
  await expect(page.getByRole("list", { name: "Quoted words" }).getByText("Win a prize")).toBeVisible();
  await page.getByRole("button", { name: "Bad" }).click();
  await page
    .getByLabel("What was at fault")
    .selectOption({ label: "The inference: the model concluded wrongly" });
  await page.getByRole("button", { name: "Say what would have been right" }).click();
  await page
    .getByRole("group", { name: "What would have been right" })
    .getByLabel(/sender/i)
    .fill("nobody@example.test");
  await checkPage(page);
  await page.getByRole("button", { name: "Give feedback" }).click();
  await expect(page.getByText("Feedback kept")).toBeVisible();
  await expect(page.getByRole("blockquote").getByText("Win a prize")).toBeVisible();
  await expect(page.getByText("nobody@example.test").first()).toBeVisible();
  await checkPage(page);
});
