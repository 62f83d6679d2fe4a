import { expect, type Page, test } from "@playwright/test";
import { anotherPerson } from "./another-person";
import { checkPage } from "./check-page";
import { demoApp } from "./demo-decisions";
import { signInAs } from "./demo-people";
import { ownPages } from "./own-pages";

/** As a browser says that a page of ours asks. */
/** What nobody of the demo proposes: refunds that leave things as they are, of these cents; another band each time. */
const from = 9_800_000 + 100 * (Math.floor(Date.now() / 1000) % 1500);
const band = { from, to: from + 100 };

type Contract = {
  id: string;
  app: { id: string };
  level: string;
  evidence: { thresholds: { threshold: number; certified: boolean }[]; most_permissive: number | null };
};

test("a contract is made, earns a certificate by rulings, and runs alone once a second admin signed", async ({
  page,
  browser,
  baseURL,
}) => {
  test.setTimeout(420_000);
  await signInAs(page, "admin", "/apps");
  const { app, type } = await refunds(page);

  // Made in the dialog, for a band of its own.
  await page.goto(`/apps/${app}/contracts`);
  await page.getByRole("button", { name: "New contract" }).first().click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Decision type").selectOption(type);
  await dialog.getByLabel("For", { exact: true }).selectOption("negative");
  await dialog.getByLabel(/^From/).fill((band.from / 100).toFixed(2));
  await dialog.getByLabel(/^To below/).fill((band.to / 100).toFixed(2));
  await dialog.getByLabel("Starts").selectOption("shadow");
  await dialog.getByLabel("At most so much wrong (%)").fill("30");
  await dialog.getByRole("button", { name: "Make the contract" }).click();
  await expect(page.getByRole("heading", { name: "At most 30 % wrong, 95 % sure" })).toBeVisible();
  await expect(page.getByText("Nothing runs alone yet.")).toBeVisible();
  await expect(page.locator("li[aria-current=step]")).toContainText("Shadow");
  await checkPage(page);
  const path = new URL(page.url()).pathname;
  const id = path.split("/").at(-1) ?? "";

  // Enough confidences end the shadow; then rulings, or what turned out to be true, are evidence.
  await submitAll(
    page,
    Array.from({ length: 220 }, (_, at) => 0.5 + (at % 40) / 100),
  );
  await expect.poll(async () => (await contract(page, id)).level, slow).toBe("review_all");
  await submitAll(
    page,
    Array.from({ length: 60 }, () => 0.99),
  );
  await expect.poll(async () => (await contract(page, id)).evidence.most_permissive, slow).not.toBeNull();

  // Proposed by one admin, who cannot sign it.
  await page.reload();
  await page.getByRole("button", { name: "Propose to run alone" }).click();
  await page.getByRole("dialog").getByLabel("Why").fill("Its rulings hold");
  await page.getByRole("dialog").getByRole("button", { name: "Propose", exact: true }).click();
  const proposal = page.getByRole("region", { name: /Let it run alone/ });
  await expect(proposal.getByText("You proposed this: another admin signs it.")).toBeVisible();
  await expect(proposal.getByRole("button", { name: "Sign" })).toBeDisabled();
  await checkPage(page);

  // Signed by another, who finds it on the overview.
  const second = await anotherPerson(browser, baseURL, { role: "admin", name: "Sam Second" });
  await second.goto("/");
  await expect(second.getByText(/waits? for a second admin/)).toBeVisible();
  await second.goto(path);
  // Not before the past was replayed under it, and what that lists was opened.
  await expect(second.getByRole("button", { name: "Sign" })).toBeDisabled();
  await second.getByRole("button", { name: "Replay the last 90 days" }).click();
  await second.waitForURL(/\/replays\/rpl_/);
  await openFlips(second, new URL(second.url()).pathname.split("/").at(-1) ?? "");
  await second.goto(path);
  await second.getByRole("button", { name: "Sign" }).click();
  // Beside the heading; the history below says it too.
  await expect(second.getByText("Auto", { exact: true }).first()).toBeVisible();
  await expect(second.getByRole("region", { name: "History" })).toContainText("Promoted");
  await checkPage(second);

  // Taken back by one person.
  await second.getByRole("button", { name: "Step down" }).click();
  const confirm = second.getByRole("dialog");
  await confirm.getByLabel("Why").fill("The story ends");
  await confirm.getByRole("button", { name: "Step down" }).click();
  await expect(second.getByRole("heading", { name: "Certification period 2" })).toBeVisible();
  await second.getByRole("button", { name: "Archive" }).click();
  await confirm.getByLabel("Why").fill("The story ends");
  await confirm.getByRole("button", { name: "Archive" }).click();
  await expect(second.getByText("Archived", { exact: true }).first()).toBeVisible();
  await second.context().close();
});

const slow = { timeout: 120_000, intervals: [2000] };

async function refunds(page: Page): Promise<{ app: string; type: string }> {
  const idOf = async (path: string, key: string) => {
    const { data } = (await (await page.request.get(`/api/v1/${path}?limit=100`)).json()) as {
      data: { id: string; key: string }[];
    };
    return data.find((one) => one.key === key)?.id ?? "";
  };
  return { app: await idOf("apps", "refund-desk"), type: await idOf("decision_types", "refund.issue") };
}

async function contract(page: Page, id: string): Promise<Contract> {
  return (await (
    await page.request.get(`/api/v1/contracts/${id}`, { headers: ownPages })
  ).json()) as Contract;
}

/** Waits for a replay and opens what it lists, as somebody who looks at each does. */
async function openFlips(page: Page, replay: string): Promise<void> {
  const path = `/api/v1/replays/${replay}`;
  const read = async <T>(of: string) =>
    (await (await page.request.get(`${path}${of}`, { headers: ownPages })).json()) as T;
  await expect.poll(async () => (await read<{ status: string }>("")).status, slow).toBe("done");
  const { data } = await read<{ data: { decision_id: string }[] }>("/flips?limit=100");
  for (const { decision_id } of data) {
    const opened = await page.request.post(`${path}/flips/${decision_id}/open`, { headers: ownPages });
    expect(opened.ok()).toBe(true);
  }
}

/** Proposals not to act at these confidences, each with the outcome that this was right. */
async function submitAll(page: Page, confidences: readonly number[]): Promise<void> {
  const { key: headers } = demoApp(page.request, "refund-desk");
  const run = Date.now();
  const decisions = confidences.map((confidence, at) => ({
    type: "refund.issue",
    external_id: `contract-${run}-${at}`,
    input: { message: "Please refund me" },
    confidence,
    proposal: {
      predicted: "negative",
      arguments: { invoice: `INV-C${at}`, amount: band.from + (at % 100), currency: "EUR" },
    },
  }));
  const made = await page.request.post("/api/v1/decisions/batch", { headers, data: { decisions } });
  const { data } = (await made.json()) as { data: { decision: unknown; error: unknown }[] };
  expect(data.filter(({ decision }) => decision === null)).toEqual([]);
  const outcomes = decisions.map(({ external_id }) => ({ external_id, truth: "negative" }));
  const told = await page.request.post("/api/v1/outcomes/batch", { headers, data: { outcomes } });
  const answers = (await told.json()) as { data: { error: unknown }[] };
  expect(answers.data.filter(({ error }) => error !== null)).toEqual([]);
}
