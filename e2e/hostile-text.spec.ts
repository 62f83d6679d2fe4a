import { type Browser, expect, type Page, test } from "@playwright/test";
import { signInAs } from "./demo-people";
import { callAs, hostileOffice, type HostileOffice, writeAbout } from "./hostile-office";
import { haveStrings, hostileStrings } from "./hostile-strings";

test.skip(!haveStrings, "the public XSS and naughty strings are not beside this checkout: nothing was shown");
test.describe.configure({ mode: "serial" });

let office: HostileOffice;
const strings = hostileStrings();

test.beforeAll(async ({ browser, baseURL }) => {
  test.setTimeout(120_000);
  const [admin, reviewer] = [await somebody(browser, baseURL), await somebody(browser, baseURL)];
  await signInAs(admin, "admin");
  office = await hostileOffice(admin, strings);
  await signInAs(reviewer, "reviewer");
  await writeAbout(reviewer, office, strings);
  await Promise.all([admin.context().close(), reviewer.context().close()]);
});

async function somebody(browser: Browser, baseURL: string | undefined): Promise<Page> {
  return (await browser.newContext({ baseURL, viewport: { width: 1440, height: 1000 } })).newPage();
}

/** Notes everything a page does that no text may bring about. */
async function watched(page: Page): Promise<string[]> {
  const alarms: string[] = [];
  const own = new URL(test.info().project.use.baseURL ?? "").origin;
  page.on("dialog", (dialog) => {
    alarms.push(`a dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  page.on("request", (request) => {
    const { origin, protocol } = new URL(request.url());
    if (!["data:", "blob:"].includes(protocol) && origin !== own) alarms.push(`asked ${request.url()}`);
  });
  page.on("popup", (popup) => alarms.push(`opened ${popup.url()}`));
  await page.addInitScript(() => {
    window.print = () => window.alert("print");
  });
  return alarms;
}

/** What must never be in a document of ours, whatever was written into its data. */
function foreignParts(): string[] {
  const found: string[] = [];
  for (const element of document.querySelectorAll("*")) {
    for (const { name, value } of element.attributes) {
      if (/^on/i.test(name)) found.push(`<${element.localName} ${name}>`);
      if (
        /^(href|src|action|formaction|xlink:href|srcdoc)$/i.test(name) &&
        /^\W*(javascript|vbscript):/i.test(value)
      )
        found.push(`<${element.localName} ${name}="${value.slice(0, 60)}">`);
    }
  }
  const never =
    "iframe, object, embed, base, applet, frameset, marquee, meta[http-equiv=refresh], [srcdoc], math";
  found.push(...[...document.querySelectorAll(never)].map((element) => `<${element.localName}>`));
  return found;
}

async function lookAt(page: Page, path: string, alarms: string[]): Promise<void> {
  await page.goto(path);
  await expect(page.getByRole("heading", { level: 1 }).first()).toBeVisible();
  await expect(page.locator("[role=status]").filter({ hasText: "Loading" })).toHaveCount(0);
  // What is folded away is part of the page.
  await page.evaluate(() => document.querySelectorAll("details").forEach((each) => (each.open = true)));
  expect(await page.evaluate(foreignParts), `markup on ${path}`).toEqual([]);
  expect(alarms, `what ${path} did`).toEqual([]);
}

test("a reviewer sees 900 hostile strings in every field of a case, and all of them stay text", async ({
  page,
}) => {
  test.setTimeout(150_000);
  await signInAs(page, "reviewer");
  const alarms = await watched(page);
  for (const tab of ["unclaimed", "resolved"])
    await lookAt(page, `/inbox?tab=${tab}&app=${office.appKey}`, alarms);
  await expect(page.getByRole("main")).toContainText("Act on");
  for (const { reviewId } of office.decisions.filter((decision) => decision.reviewId !== null)) {
    await lookAt(page, `/inbox/${reviewId}`, alarms);
    await expect(page.getByRole("main")).toContainText("Act on");
  }
  // What the strings would have done a moment later.
  await page.waitForTimeout(500);
  expect(alarms).toEqual([]);
});

test("so they do in the records, the settings and everything else that names them", async ({ page }) => {
  test.setTimeout(150_000);
  await signInAs(page, "admin");
  const alarms = await watched(page);
  const call = callAs(page);
  await call("POST", `/apps/${office.appKey}/pause`, {
    reason: (strings[7] ?? "").slice(0, 900).toWellFormed(),
  });
  const { type, id } = office.subject;
  const lists = [
    "/",
    `/decisions?app=${office.appKey}`,
    `/decisions?subject=${encodeURIComponent(id)}`,
    `/decisions?q=${encodeURIComponent(strings[0] ?? "")}`,
    `/subjects/${encodeURIComponent(type)}/${encodeURIComponent(id)}`,
    "/executions?show=all",
    "/apps",
    `/apps/${office.appId}`,
    "/queues",
    `/queues/${office.queueKey}`,
    "/settings/types",
    ...office.typeIds.map((typeId) => `/settings/types/${typeId}`),
    "/settings/connectors",
    `/settings/connectors/${office.connectorId}`,
    "/settings/keys",
    "/settings/budgets",
    `/evaluation?app=${office.appKey}`,
    "/inbox",
  ];
  try {
    for (const path of lists) await lookAt(page, path, alarms);
    await page.getByRole("button", { name: "Views" }).click();
    expect(await page.evaluate(foreignParts)).toEqual([]);
    for (const { id: decisionId } of office.decisions.slice(0, 12)) {
      await lookAt(page, `/decisions/${decisionId}`, alarms);
    }
    await page.waitForTimeout(500);
    expect(alarms).toEqual([]);
  } finally {
    // The other stories go on without the banner.
    await call("POST", `/apps/${office.appKey}/resume`, { reason: "The story is over" });
  }
});

test("and so they do in the letter to the person concerned, and in what that person answers", async ({
  page,
  browser,
  baseURL,
}) => {
  test.setTimeout(90_000);
  await signInAs(page, "reviewer");
  const declined = office.decisions[1]?.id;
  const { url } = await callAs(page)<{ url: string }>("POST", `/decisions/${declined}/notice`, {});
  const person = await somebody(browser, baseURL);
  const seen = await watched(person);
  await lookAt(person, new URL(url).pathname, seen);
  await person.getByLabel("What is wrong").fill(strings.join("\n").slice(0, 4900).toWellFormed());
  await person
    .getByLabel("How to reach you")
    .fill((strings[9] ?? "").replaceAll("\n", " ").slice(0, 250).toWellFormed());
  await person.getByRole("button", { name: /^Send/ }).click();
  await expect(person.getByLabel("What is wrong")).toHaveCount(0);
  expect(await person.evaluate(foreignParts)).toEqual([]);
  expect(seen).toEqual([]);
  await person.context().close();

  const alarms = await watched(page);
  const { data } = await callAs(page)<{ data: { review_id: string | null }[] }>("GET", "/appeals?limit=5");
  expect(data.length).toBeGreaterThan(0);
  await lookAt(page, `/decisions/${declined}`, alarms);
  const review = data.find(({ review_id }) => review_id !== null)?.review_id;
  if (review) await lookAt(page, `/inbox/${review}`, alarms);
});

test("and so they do where an auditor judges", async ({ page }) => {
  test.setTimeout(90_000);
  await signInAs(page, "auditor");
  const alarms = await watched(page);
  const call = callAs(page);
  let audits: { id: string }[] = [];
  await expect(async () => {
    ({ data: audits } = await call<{ data: { id: string }[] }>("GET", `/audits?app=${office.appKey}`));
    expect(audits.length).toBeGreaterThan(0);
  }).toPass({ timeout: 30_000 });
  await lookAt(page, `/audits?app=${office.appKey}`, alarms);
  for (const { id } of audits) await lookAt(page, `/audits/${id}`, alarms);
  const first = audits[0]?.id ?? "";
  await call("POST", `/audits/${first}/answer`, { answer: "positive" });
  await lookAt(page, `/audits/${first}`, alarms);
  const note = strings.join("\n").slice(0, 4500).toWellFormed();
  await call("POST", `/audits/${first}/judgement`, { judgement: "correct", note });
  await lookAt(page, `/audits/${first}`, alarms);
  expect(alarms).toEqual([]);
});
