import { expect, type Page, test } from "@playwright/test";
import { anotherPerson } from "./another-person";
import { checkPage } from "./check-page";
import { aMessage, demoApp } from "./demo-decisions";
import { signInAs } from "./demo-people";
import { pressUntil } from "./press-key";

/** A decision that the demo's reviewer declined, and the link that tells of it. */
async function aDeclinedDecision(page: Page, request: Parameters<typeof demoApp>[0], subject: string) {
  const mailGuard = demoApp(request, "mail-guard");
  const decision = await mailGuard.submit(aMessage(subject));
  await signInAs(page, "reviewer", decision.reviewPath);
  await expect(page.getByRole("heading", { level: 1 })).toContainText(subject);
  await expect(page.getByText("Claimed by you")).toBeVisible();
  await pressUntil(page, "d", page.getByRole("region", { name: "Reason" }));
  await page.keyboard.press("1");
  await expect.poll(() => mailGuard.statusOf(decision.id), { timeout: 30_000 }).toBe("declined");
  return { ...decision, mailGuard };
}

test("a person is told of a decision, says it is wrong, and reads the answer of somebody else", async ({
  page,
  browser,
  request,
  baseURL,
}) => {
  test.slow();
  const subject = `Appeal ${Date.now()}`;
  const { id } = await aDeclinedDecision(page, request, subject);

  await page.goto(`/decisions/${id}`);
  await page.getByRole("button", { name: "Tell the person" }).click();
  await page.getByRole("button", { name: "Make a link" }).click();
  const link = await page.getByLabel("Link", { exact: true }).inputValue();

  // Nobody is signed in, and it is a telephone.
  const phone = await browser.newContext({ baseURL, viewport: { width: 390, height: 844 } });
  const letter = await phone.newPage();
  await letter.goto(new URL(link).pathname);
  await expect(letter.getByText("We decided not to do this:")).toBeVisible();
  await expect(letter.getByText("A person decided this.")).toBeVisible();
  await expect(letter.locator("meta[name=robots]")).toHaveAttribute("content", /noindex/);
  await expect(letter.getByText("Robin")).toHaveCount(0);
  await checkPage(letter);
  await letter
    .getByLabel(/What is wrong/)
    .fill("<img src=x onerror=alert(1)> It was a newsletter I asked for.");
  await letter.getByLabel(/Files/).setInputFiles({
    name: "proof.html",
    mimeType: "text/html",
    buffer: Buffer.from("<html><script>alert(1)</script>"),
  });
  await letter.getByRole("button", { name: "Send it" }).click();
  await expect(letter.getByText("Only PDF, PNG, JPEG and plain text files are taken")).toBeVisible();
  await letter.getByLabel(/Files/).setInputFiles({
    name: "proof.txt",
    mimeType: "text/plain",
    buffer: Buffer.from("The confirmation of my subscription."),
  });
  await letter.getByRole("button", { name: "Send it" }).click();
  await expect(letter.getByRole("heading", { name: "We have what you wrote" })).toBeVisible();
  await checkPage(letter);

  // Whoever decided has no say in it.
  await page.goto("/appeals");
  await page
    .getByRole("link", { name: /newsletter I asked for/ })
    .first()
    .click();
  await expect(page.getByText("You had a part in this decision; somebody else answers.")).toBeVisible();
  await expect(page.getByRole("button", { name: "Approve" })).toHaveCount(0);

  const other = await anotherPerson(browser, baseURL, { role: "reviewer", name: "Second Look" });
  await other.goto("/appeals");
  await checkPage(other);
  await other
    .getByRole("link", { name: /newsletter I asked for/ })
    .first()
    .click();
  const panel = other.getByText("<img src=x onerror=alert(1)> It was a newsletter I asked for.");
  await expect(panel.first()).toBeVisible();
  const download = other.waitForEvent("download");
  await other.getByRole("link", { name: /proof\.txt/ }).click();
  expect((await download).suggestedFilename()).toBe("proof.txt");
  await checkPage(other);
  await other.getByLabel("No, it was wrong").check();
  await other.getByLabel(/^Answer/).fill("You are right. It is in your inbox now.");
  await other.getByRole("button", { name: "Send the answer" }).click();
  await expect(other.getByText("Found wrong")).toBeVisible();

  await letter.reload();
  await expect(letter.getByRole("heading", { name: "You were right: the decision was wrong" })).toBeVisible();
  await expect(letter.getByText("You are right. It is in your inbox now.")).toBeVisible();
  await expect(letter.getByText("Second Look")).toHaveCount(0);
  await checkPage(letter);
});

test("without scripts the form works, and a link that is not one is a page that is not found", async ({
  page,
  browser,
  request,
  baseURL,
}) => {
  test.slow();
  const { id } = await aDeclinedDecision(page, request, `Plain appeal ${Date.now()}`);
  const made = await page.request.post(`/api/v1/decisions/${id}/notice`, {
    headers: { origin: new URL(page.url()).origin },
    data: {},
  });
  const { url } = (await made.json()) as { url: string };
  const plain = await (await browser.newContext({ baseURL, javaScriptEnabled: false })).newPage();
  await plain.goto(new URL(url).pathname);
  await plain.getByLabel(/What is wrong/).fill("It was not spam.");
  await plain.getByRole("button", { name: "Send it" }).click();
  await expect(plain.getByRole("heading", { name: "We have what you wrote" })).toBeVisible();

  const nothing = await page.goto("/appeal/this-is-no-link");
  expect(nothing?.status()).toBe(404);
  await expect(page.getByRole("heading", { name: "This link does not work" })).toBeVisible();
});
