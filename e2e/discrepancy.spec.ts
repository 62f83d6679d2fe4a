import { type Browser, expect, type Page, test } from "@playwright/test";
import { checkPage } from "./check-page";
import { aMessage, demoApp } from "./demo-decisions";
import { listening, signedIn, signInAs } from "./demo-people";
import { ownPages } from "./own-pages";
import { pressKey, pressUntil } from "./press-key";

/** As a browser says that a page of ours asks. */

async function post(page: Page, path: string, data: object): Promise<{ id: string }> {
  const answer = await page.request.post(`/api/v1/${path}`, { data, headers: ownPages });
  expect(answer.ok(), await answer.text()).toBe(true);
  return (await answer.json()) as { id: string };
}

async function somebody(browser: Browser, baseURL: string | undefined, role: "admin" | "reviewer") {
  const page = await (await browser.newContext({ baseURL })).newPage();
  await signedIn(page, role);
  return page;
}

test("a reviewer approves, an auditor judges it incorrect: a record opens, the auditor confirms why, an issue begins", async ({
  page: auditor,
  browser,
  baseURL,
  request,
}) => {
  test.setTimeout(180_000);
  const subject = `Disputed ${Date.now()}`;
  const mailGuard = demoApp(request, "mail-guard");
  const decision = await mailGuard.submit(aMessage(subject));
  const reviewer = await somebody(browser, baseURL, "reviewer");
  await post(reviewer, `reviews/${decision.review?.id}/verdict`, {
    verdict: "approve",
    note: "looks like spam",
  });
  const read = () => request.get(`/api/v1/decisions/${decision.id}`, { headers: mailGuard.key });
  await expect
    .poll(async () => (await (await read()).json()).execution?.status, { timeout: 30_000 })
    .toBe("succeeded");

  const admin = await somebody(browser, baseURL, "admin");
  const audit = await post(admin, "audits", { decision: decision.id, reason: "somebody complained" });
  await signInAs(auditor, "auditor", "/discrepancies");
  await post(auditor, `audits/${audit.id}/answer`, { answer: "negative" });
  await post(auditor, `audits/${audit.id}/judgement`, {
    judgement: "incorrect",
    cause: "inference",
    note: "the sender is known",
  });

  // The worker opens the record and proposes a cause within seconds; the list hears of both.
  const row = auditor.getByRole("link", { name: new RegExp(subject) });
  await expect(row).toBeVisible({ timeout: 30_000 });
  await checkPage(auditor);
  await listening(auditor);
  const opened = auditor.getByRole("heading", { level: 1, name: new RegExp(subject) });
  await row.press("Enter");
  await expect(opened).toBeVisible();
  await expect(auditor.getByText("Disagree: Model and auditor; Reviewer and auditor.")).toBeVisible();
  await expect(auditor.getByText("Proposed by rules")).toBeVisible({ timeout: 20_000 });
  await expect(auditor.locator("mark").first()).toBeVisible();
  await checkPage(auditor);

  await listening(auditor);
  const inference = auditor.getByRole("radio", { name: /^Inference/ });
  await expect(async () => {
    await pressKey(auditor, "pick.3");
    await expect(inference).toBeChecked({ timeout: 1000 });
  }).toPass({ timeout: 20_000 });
  await auditor.getByLabel("Was acting right?").selectOption({ label: "Acting was wrong" });
  // What the rules quoted is taken over, one more is added, and both are marked in the case.
  const quoted = auditor.getByRole("list", { name: "Quoted words" }).getByRole("listitem");
  const before = await quoted.count();
  await auditor.getByLabel("Words it rests on").fill(subject);
  await auditor.getByRole("button", { name: "Quote them" }).click();
  const places = auditor.getByRole("group", { name: "Where do you mean?" }).getByRole("button");
  if ((await places.count()) > 0) await places.first().click();
  await expect(quoted).toHaveCount(before + 1);
  await expect(auditor.locator("mark").filter({ hasText: subject }).first()).toBeVisible();
  const joins = auditor.getByLabel("Issue it joins");
  if (await joins.isVisible()) await joins.selectOption({ label: "None yet" });
  await auditor.getByRole("heading", { level: 1 }).click();
  await pressUntil(auditor, "a", auditor.getByRole("heading", { name: "Confirmed" }));

  const rests = auditor.getByRole("region", { name: "What it rests on" });
  await expect(rests.getByText(subject).first()).toBeVisible();
  await checkPage(auditor);

  const title = `Known senders ${Date.now()}`;
  const choice = auditor.getByLabel("Issue", { exact: true });
  if (await choice.isVisible()) await choice.selectOption({ label: "A new issue" });
  await auditor.getByLabel("Title of the new issue").fill(title);
  await auditor.getByRole("button", { name: "Open the issue" }).click();
  // By key: the message of success lies over the corner while a pointer rests there.
  await auditor.getByRole("link", { name: title }).press("Enter");
  await expect(auditor.getByRole("heading", { level: 1, name: title })).toBeVisible();
  await expect(
    auditor.getByRole("list", { name: "Places quoted most" }).getByRole("listitem").first(),
  ).toBeVisible();
  await expect(auditor.getByText("It has no regression set yet.")).toBeVisible();
  await expect(auditor.getByRole("button", { name: "Close the issue" })).toBeDisabled();
  await checkPage(auditor);

  // An admin makes its set; the worker gathers it, and the page says what is still missing.
  await admin.goto(new URL(auditor.url()).pathname);
  await listening(admin);
  await admin.getByRole("button", { name: "Make the set" }).click();
  await expect(admin.getByText("No experiment has been run over its set yet.")).toBeVisible({
    timeout: 30_000,
  });
  await checkPage(admin);

  await reviewer.goto(`/decisions/${decision.id}`);
  await expect(reviewer.getByText("Confirmed cause: inference.")).toBeVisible();
  await auditor.goto("/discrepancies/auditor");
  await expect(auditor.getByRole("table", { name: "Agreement of each proposer with people" })).toContainText(
    "Rules (no model)",
  );
  await checkPage(auditor);
});
