import { type BrowserContext, expect, type Page, test } from "@playwright/test";
import { roles, type Role } from "@/lib/identity/schema";
import { aDiscrepancy, anIssue } from "./a-dispute";
import { aPrompt } from "./a-prompt";
import { pageRoutes } from "./app-routes";
import { axeFinds } from "./axe";
import { demoApp } from "./demo-decisions";
import { signedIn } from "./demo-people";
import { expectNoSidewaysScroll } from "./check-page";
import { aDataset, anExperiment } from "./made-experiments";
import { ownPages } from "./own-pages";

const standards = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];
const widths = [1440, 1024, 390];
const themes = ["light", "dark"] as const;
type Theme = (typeof themes)[number];
type Pose = { width: number; theme: Theme };
const firstLook: Pose = { width: 1440, theme: "light" };
/** Every width in both themes when asked (`npm test -- looks`); each theme and the two ends of the widths otherwise. */
const looks: Pose[] =
  process.env.COUNTERSIGN_E2E_LOOKS === "all"
    ? widths.flatMap((width) => themes.map((theme) => ({ width, theme })))
    : [firstLook, { width: 390, theme: "dark" }];
type Visitor = Role | "nobody";

/** Who looks at a page; whoever is not named here sees it as an admin. */
const visitors: [RegExp, Visitor[]][] = [
  [/^\/$/, [...roles]],
  [/^\/(sign-in|setup|invite|docs|appeal|approve|feedback)/, ["nobody"]],
  [/^\/(inbox|reviewers\/me)/, ["reviewer"]],
  [/^\/decisions\/\[/, ["reviewer", "admin"]],
  [/^\/audits/, ["auditor"]],
];

type First = { page: Page; path: string };

/** The id of the first item of a list, as the person who looks at the page may read it. */
async function firstOf({ page, path }: First): Promise<string> {
  let id: string | undefined;
  await expect(async () => {
    const answer = await page.request.get(`/api/v1/${path}`);
    const { data } = (await answer.json()) as { data: { id: string }[] };
    id = data[0]?.id;
    expect(id, `${path} is empty`).toBeTruthy();
  }).toPass({ timeout: 45_000 });
  return id ?? "";
}

/** A comparison with the billing system's ledger, asked for now. */
async function aComparison(page: Page): Promise<string> {
  const data = { connector: "billing" };
  const answer = await page.request.post("/api/v1/reconciliations", { data, headers: ownPages });
  expect(answer.ok(), await answer.text()).toBe(true);
  return ((await answer.json()) as { id: string }).id;
}

/** The letter to the person that a decision is about, as the app that decided has it made. */
async function aLetter(page: Page): Promise<string> {
  const { key: headers } = demoApp(page.request, "mail-guard");
  const list = await page.request.get("/api/v1/decisions?status=declined&limit=1", { headers });
  const { data } = (await list.json()) as { data: { id: string }[] };
  const made = await page.request.post(`/api/v1/decisions/${data[0]?.id}/notice`, { headers, data: {} });
  expect(made.ok(), await made.text()).toBe(true);
  return new URL(((await made.json()) as { url: string }).url).pathname;
}

/** A sampling plan that nobody has drawn yet. */
async function aPlan(page: Page): Promise<string> {
  const spec = { routes: ["execute"], strata: [{ name: "all", rate: 0.1 }] };
  const answer = await page.request.post("/api/v1/sampling_plans", {
    data: { name: `Accessible ${Date.now()}`, kind: "random", spec },
    headers: ownPages,
  });
  expect(answer.ok(), await answer.text()).toBe(true);
  return `/audits/plans/${((await answer.json()) as { id: string }).id}`;
}

/** A contract of the demo, made when there is none. */
async function aContract(page: Page): Promise<string> {
  const list = await page.request.get("/api/v1/contracts?limit=1");
  const known = ((await list.json()) as { data: { id: string; app: { id: string } }[] }).data[0];
  if (known) return `/apps/${known.app.id}/contracts/${known.id}`;
  // Of proposals that nobody makes: no other story is governed by it.
  const data = { app: "refund-desk", type: "message.quarantine", predicted: "negative", level: "shadow" };
  const made = await page.request.post("/api/v1/contracts", { data, headers: ownPages });
  expect(made.ok(), await made.text()).toBe(true);
  const { id, app } = (await made.json()) as { id: string; app: { id: string } };
  return `/apps/${app.id}/contracts/${id}`;
}

/** A draft of a policy for one of the demo's apps. */
async function aPolicy(page: Page): Promise<string> {
  const app = await firstOf({ page, path: "apps?limit=1" });
  const rules = [
    { id: "large", when: "has(decision.amount) && decision.amount > 1e9", effect: "require_review" },
  ];
  const fixtures = [{ name: "small", decision: { amount: 1 }, expect: { effect: null } }];
  const data = { name: `Accessible ${Date.now()}`, app, rules, fixtures };
  const made = await page.request.post("/api/v1/policies", { data, headers: ownPages });
  expect(made.ok(), await made.text()).toBe(true);
  return `/apps/${app}/policies/${((await made.json()) as { id: string }).id}`;
}

/** An evaluator that agrees with people, and with one person's ruling. */
async function anEvaluator(page: Page): Promise<string> {
  const app = await firstOf({ page, path: "apps?limit=1" });
  const data = { app, name: `Accessible ${Date.now()}`, kind: "exact", config: {} };
  const made = await page.request.post("/api/v1/evaluators", { data, headers: ownPages });
  expect(made.ok(), await made.text()).toBe(true);
  const { id } = (await made.json()) as { id: string };
  const scores = [
    { subject: "one", scorer: "import", passed: true },
    { subject: "one", scorer: "person", passed: false },
  ];
  const given = await page.request.post(`/api/v1/evaluators/${id}/scores`, {
    data: { scores },
    headers: ownPages,
  });
  expect(given.ok(), await given.text()).toBe(true);
  return `/apps/${app}/evaluators/${id}`;
}

/** What a lower threshold would have done to the demo's decisions, gone through to the end. */
async function aReplay(page: Page): Promise<string> {
  const app = await firstOf({ page, path: "apps?limit=1" });
  const data = { kind: "threshold", app, thresholds: { positive: 0.6 }, period: { days: 30 } };
  const answer = await page.request.post("/api/v1/replays", { data, headers: ownPages });
  expect(answer.ok(), await answer.text()).toBe(true);
  const { id } = (await answer.json()) as { id: string };
  await expect(async () => {
    const read = await page.request.get(`/api/v1/replays/${id}`);
    expect(((await read.json()) as { status: string }).status).toBe("done");
  }).toPass({ timeout: 45_000 });
  return `/apps/${app}/replays/${id}`;
}

/** A monitor of how much comes in; `alertAt` decides whether it is well. */
async function aMonitor(page: Page, alertAt: number): Promise<string> {
  const data = {
    name: `Accessible ${Date.now()}`,
    metric: "volume",
    comparator: "above",
    alert_at: alertAt,
    window_minutes: 1440,
    for_looks: 1,
    channels: [],
  };
  const made = await page.request.post("/api/v1/monitors", { data, headers: ownPages });
  expect(made.ok(), await made.text()).toBe(true);
  return ((await made.json()) as { id: string }).id;
}

/** An incident: opened by a monitor that alerts at its first look. */
async function anIncident(page: Page): Promise<string> {
  const monitor = await aMonitor(page, 0);
  return `/alerts/incidents/${await firstOf({ page, path: `incidents?limit=1&monitor=${monitor}` })}`;
}

/** Everything about one customer or order that a demo app decided about. */
async function aCase(page: Page): Promise<string> {
  const answer = await page.request.get("/api/v1/decisions?limit=100");
  const { data } = (await answer.json()) as { data: { subject: { type: string; id: string } | null }[] };
  const subject = data.find((decision) => decision.subject !== null)?.subject;
  expect(subject, "no decision of the demo names its subject").toBeTruthy();
  return `/subjects/${encodeURIComponent(subject?.type ?? "")}/${encodeURIComponent(subject?.id ?? "")}`;
}

/** The page over which a customer of a decision says what they think of it. */
async function aFeedbackLink(page: Page): Promise<string> {
  const { key: headers } = demoApp(page.request, "mail-guard");
  const list = await page.request.get("/api/v1/decisions?limit=1", { headers });
  const { data } = (await list.json()) as { data: { id: string }[] };
  const made = await page.request.post("/api/v1/feedback_links", {
    headers,
    data: { decision_id: data[0]?.id },
  });
  expect(made.ok(), await made.text()).toBe(true);
  return new URL(((await made.json()) as { url: string }).url).pathname;
}

/** What stands in an address in place of a parameter; a page without an entry here fails its test. */
const addresses: Record<string, (page: Page) => Promise<string>> = {
  "/alerts/incidents/[id]": anIncident,
  "/alerts/monitors/[id]": async (page) => `/alerts/monitors/${await aMonitor(page, 1_000_000)}`,
  "/appeal/[token]": aLetter,
  "/approve/[reviewId]/[token]": async () => "/approve/rev_none/this-link-is-over",
  "/apps/[id]": async (page) => `/apps/${await firstOf({ page, path: "apps?limit=1" })}`,
  "/apps/[id]/contracts": async (page) => `/apps/${await firstOf({ page, path: "apps?limit=1" })}/contracts`,
  "/apps/[id]/contracts/[contract]": aContract,
  "/apps/[id]/evaluators": async (page) =>
    `/apps/${await firstOf({ page, path: "apps?limit=1" })}/evaluators`,
  "/apps/[id]/evaluators/new": async (page) =>
    `/apps/${await firstOf({ page, path: "apps?limit=1" })}/evaluators/new`,
  "/apps/[id]/evaluators/[evaluator]": anEvaluator,
  "/apps/[id]/evaluators/[evaluator]/rule": async (page) => `${await anEvaluator(page)}/rule`,
  "/apps/[id]/thresholds": async (page) =>
    `/apps/${await firstOf({ page, path: "apps?limit=1" })}/thresholds`,
  "/apps/[id]/policies": async (page) => `/apps/${await firstOf({ page, path: "apps?limit=1" })}/policies`,
  "/apps/[id]/policies/[policy]": aPolicy,
  "/apps/[id]/prompts": async (page) => `/apps/${(await aPrompt(page)).app}/prompts`,
  "/apps/[id]/prompts/new": async (page) => `/apps/${(await aPrompt(page)).app}/prompts/new`,
  "/apps/[id]/prompts/[prompt]": async (page) => {
    const { app, prompt } = await aPrompt(page);
    return `/apps/${app}/prompts/${prompt}`;
  },
  "/apps/[id]/playground": async (page) => `/apps/${(await aPrompt(page)).app}/playground`,
  "/apps/[id]/runs": async (page) => `/apps/${(await aPrompt(page)).app}/runs`,
  "/apps/[id]/learning": async (page) => `/apps/${await firstOf({ page, path: "apps?limit=1" })}/learning`,
  "/apps/[id]/learning/files": async (page) =>
    `/apps/${await firstOf({ page, path: "apps?limit=1" })}/learning/files`,
  "/apps/[id]/learning/fine-tuning": async (page) =>
    `/apps/${await firstOf({ page, path: "apps?limit=1" })}/learning/fine-tuning`,
  "/apps/[id]/replays": async (page) => `/apps/${await firstOf({ page, path: "apps?limit=1" })}/replays`,
  "/apps/[id]/replays/new": async (page) =>
    `/apps/${await firstOf({ page, path: "apps?limit=1" })}/replays/new`,
  "/apps/[id]/replays/[replayId]": aReplay,
  "/audits/plans/[planId]": aPlan,
  "/audits/[auditId]": async (page) => `/audits/${await firstOf({ page, path: "audits?limit=1" })}`,
  "/datasets/[id]": async (page) => `/datasets/${(await aDataset(page)).id}`,
  "/decisions/[id]": async (page) =>
    `/decisions/${await firstOf({ page, path: "decisions?limit=1&status=approved" })}`,
  "/discrepancies/[id]": async (page) => `/discrepancies/${(await aDiscrepancy(page)).id}`,
  "/docs/api/[group]": async () => "/docs/api/decisions",
  "/docs/errors/[code]": async () => "/docs/errors/validation_failed",
  "/executions/[id]": async (page) => `/executions/${await firstOf({ page, path: "executions?limit=1" })}`,
  "/inbox/[reviewId]": async (page) =>
    `/inbox/${await firstOf({ page, path: "reviews?tab=unclaimed&limit=1" })}`,
  "/experiments/[id]": anExperiment,
  "/feedback/[token]": aFeedbackLink,
  "/invite/[token]": async () => "/invite/this-link-is-over",
  "/issues/[id]": anIssue,
  "/queues/[id]": async (page) => `/queues/${await firstOf({ page, path: "queues?limit=1" })}`,
  "/reconcile/ledgers/[id]": async (page) => `/reconcile/ledgers/${await aComparison(page)}`,
  "/settings/connectors/[id]": async (page) =>
    `/settings/connectors/${await firstOf({ page, path: "connectors?limit=1" })}`,
  "/settings/connectors/[id]/import": async () => "/settings/connectors/billing/import",
  "/settings/types/[id]": async (page) =>
    `/settings/types/${await firstOf({ page, path: "decision_types?limit=1" })}`,
  "/subjects/[type]/[id]": aCase,
};

/** The page of a visitor, who looks at one after the other: what a browser compiles, axe above all, it compiles once. */
const pages = new Map<Visitor, Page>();

test.afterAll(async () => {
  for (const page of pages.values()) await page.context().close();
});

for (const route of pageRoutes()) {
  for (const visitor of visitors.find(([pattern]) => pattern.test(route))?.[1] ?? ["admin"]) {
    test(`${route} as ${visitor} has nothing that axe objects to`, async ({ browser, baseURL }) => {
      test.setTimeout(120_000);
      const page = pages.get(visitor) ?? (await pageOf(visitor, await browser.newContext({ baseURL })));
      // It is drawn as it is looked at first.
      await pose({ page, ...firstLook });
      await page.goto(await addressOf(route, page));
      await expect(page).toHaveTitle(/\S/);
      // What streams in is part of the page; a heading says that it has come.
      await expect(page.getByRole("heading", { level: 1 }).first()).toBeVisible();
      await expect(page.locator("[role=status]").filter({ hasText: "Loading" })).toHaveCount(0);
      for (const each of looks) await look({ page, ...each });
    });
  }
}

async function pageOf(visitor: Visitor, context: BrowserContext): Promise<Page> {
  const page = await context.newPage();
  pages.set(visitor, page);
  if (visitor !== "nobody") await signedIn(page, visitor);
  return page;
}

async function addressOf(route: string, page: Page): Promise<string> {
  if (!route.includes("[")) return route;
  const address = addresses[route];
  if (!address) throw new Error(`${route} is a new page with a parameter: give it an address in this file`);
  return address(page);
}

type Look = Pose & { page: Page };

async function pose({ page, width, theme }: Look): Promise<void> {
  await page.setViewportSize({ width, height: 900 });
  await page.emulateMedia({ colorScheme: theme, reducedMotion: "reduce" });
}

async function look({ page, width, theme }: Look): Promise<void> {
  await pose({ page, width, theme });
  await expect(page.locator("html")).toHaveClass(new RegExp(`\\b${theme}\\b`));
  await expect(page).toHaveTitle(/\S/);
  const violations = await axeFinds(page, (axe) => axe.withTags(standards));
  const found = violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target }) => `${id}: ${target.join(" ")}`),
  );
  expect(found, `axe on ${page.url()}, ${theme}, ${width} px`).toEqual([]);
  await expectNoSidewaysScroll(page);
}
