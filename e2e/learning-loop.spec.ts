import { readFileSync } from "node:fs";
import path from "node:path";
import { expect, type Page, test } from "@playwright/test";
import { checkPage } from "./check-page";
import { fillSignIn, listening, signInAs } from "./demo-people";
import { ownPages } from "./own-pages";

/** The demo's second admin, who signs what the first proposes. */
function secondAdmin(): { email: string; password: string } {
  const file = path.join(process.env.COUNTERSIGN_DATA_DIR ?? "data", "demo.json");
  const demo = JSON.parse(readFileSync(file, "utf8")) as {
    users: { role: string; email: string; password: string }[];
  };
  const person = demo.users.findLast(({ role }) => role === "admin");
  if (!person) throw new Error(`${file} has no second admin`);
  return person;
}

/** Mail guard's page of learning. */
async function learningPath(page: Page): Promise<string> {
  const answer = await page.request.get("/api/v1/apps?limit=100", {
    headers: ownPages,
  });
  const { data } = (await answer.json()) as { data: { id: string; key: string }[] };
  const guard = data.find(({ key }) => key === "mail-guard");
  return `/apps/${guard?.id}/learning?type=message.quarantine`;
}

/** Takes one step in the dialog that asks for it. */
async function step(page: Page, name: string): Promise<void> {
  await page.getByRole("button", { name, exact: true }).first().click();
  await page.getByRole("dialog").getByRole("button", { name, exact: true }).click();
  await expect(page.getByRole("dialog")).toBeHidden();
}

test("mail guard learns from what people said: trained, tried, proposed, signed by another, in force", async ({
  page,
  browser,
  baseURL,
}) => {
  test.setTimeout(240_000);
  await signInAs(page, "admin", "/apps");
  const there = await learningPath(page);
  await page.goto(there);
  await listening(page);
  const before = await versionInForce(page);
  // The demo's outcomes arrive a minute and a half after its messages.
  await expect
    .poll(
      async () => {
        await page.reload();
        return page.getByText(/[1-9]\d\d labels? in all/).count();
      },
      { timeout: 150_000, intervals: [3000] },
    )
    .toBeGreaterThan(0);
  await listening(page);
  await page.getByRole("button", { name: "Train a new model" }).click();
  const report = page.getByTestId("report");
  await expect(report).toContainText(/On \d+ decisions that neither had learned from/, { timeout: 60_000 });
  const [now = 0, then = 0] = [...(await report.innerText()).matchAll(/([\d.]+)\s%/g)].map(([, share]) =>
    Number(share),
  );
  expect(then).toBeLessThan(now);
  await checkPage(page);

  await step(page, "Try in shadow");
  await expect(page.getByTestId("shadow")).toBeVisible();
  await step(page, "Propose");
  await expect(
    page.getByText(/^You proposed it\. .*Sam Signer\b.* signs in and signs it here\./),
  ).toBeVisible();
  await expect(page.getByRole("button", { name: "Sign", exact: true })).toHaveCount(0);

  const second = await (await browser.newContext({ baseURL })).newPage();
  await second.goto(`/sign-in?next=${encodeURIComponent(there)}`);
  await fillSignIn(second, secondAdmin());
  await expect(second).not.toHaveURL(/\/sign-in/);
  await listening(second);
  await second.getByRole("button", { name: /^Notifications/ }).click();
  await expect(second.getByText("Second signature wanted, for a new model: Mail guard")).toBeVisible();
  await second.keyboard.press("Escape");
  await second.goto("/");
  const waiting = second.getByRole("link", { name: "Look and sign" });
  await waiting.and(second.locator('[href*="/learning"]')).click();
  await listening(second);
  await step(second, "Sign");
  await expect.poll(() => versionInForce(second)).not.toBe(before);
  await expect(second.getByRole("region", { name: "Rounds of training" })).toContainText("Signed");
  await expect(
    second.getByRole("link", { name: /how often each model’s proposals are wrong/ }),
  ).toHaveAttribute("href", /tab=compare&by=model&app=mail-guard&type=message\.quarantine/);
  await checkPage(second);

  // And back with one click.
  await step(second, "Go back to it");
  await expect.poll(() => versionInForce(second)).toBe(before);
  await second.context().close();
});

async function versionInForce(page: Page): Promise<string> {
  const row = page.getByRole("row").filter({ hasText: "In force" });
  return (await row.locator("td").first().innerText()).trim();
}

test("training files are made, downloaded and told of by a manifest", async ({ page }) => {
  await signInAs(page, "admin", "/apps");
  const there = await learningPath(page);
  await page.goto(there.replace("/learning?", "/learning/files?"));
  await listening(page);
  await page.getByLabel("Licence").fill("For this story");
  await page.getByRole("button", { name: "Make training files" }).click();
  const files = page.getByRole("region", { name: "Training files" });
  await expect(files.getByText("Ready").first()).toBeVisible({ timeout: 30_000 });
  await checkPage(page);
  const download = page.waitForEvent("download");
  await files.getByRole("link", { name: "manifest.json" }).first().click();
  const manifest = JSON.parse(readFileSync(await (await download).path(), "utf8")) as { licence: string };
  expect(manifest.licence).toBe("For this story");
  await page.goto(there.replace("/learning?", "/learning/fine-tuning?"));
  await expect(page.getByRole("heading", { name: "Fine-tuning", exact: true })).toBeVisible();
  await checkPage(page);
});
