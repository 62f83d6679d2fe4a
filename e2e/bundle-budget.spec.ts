import { gzipSync } from "node:zlib";
import { expect, type Page, test } from "@playwright/test";
import type { Role } from "@/lib/identity/schema";
import { signedIn } from "./demo-people";

/** What a page may load of JavaScript before anybody acts, gzip, in kB of 1,000 bytes. */
const budgets: { path: string; role: Role | null; most: number }[] = [
  { path: "/sign-in", role: null, most: 145 },
  { path: "/docs/api", role: null, most: 155 },
  { path: "/inbox", role: "reviewer", most: 235 },
  { path: "/inbox/[reviewId]", role: "reviewer", most: 235 },
  { path: "/", role: "reviewer", most: 235 },
  { path: "/decisions", role: "reviewer", most: 235 },
  { path: "/evaluation", role: "reviewer", most: 250 },
  { path: "/apps", role: "reviewer", most: 250 },
  { path: "/apps/[id]/thresholds", role: "reviewer", most: 250 },
];

test("what the pages load first stays within its budget", async ({ browser, baseURL }) => {
  test.setTimeout(120_000);
  const over: string[] = [];
  for (const role of [null, "reviewer"] as const) {
    const context = await browser.newContext({ baseURL });
    const page = await context.newPage();
    if (role) await signedIn(page, role);
    for (const { path, most } of budgets.filter((budget) => budget.role === role)) {
      const size = (await firstLoadBytes(page, await addressOf(page, path))) / 1000;
      test.info().annotations.push({ type: path, description: `${size.toFixed(1)} kB of at most ${most}` });
      process.stdout.write(`${path}: ${size.toFixed(1)} kB gzip of at most ${most}\n`);
      if (size > most) over.push(`${path}: ${size.toFixed(1)} kB, over ${most}`);
    }
    await context.close();
  }
  expect(over).toEqual([]);
});

const lists: Record<string, string> = {
  "[reviewId]": "/api/v1/reviews?tab=unclaimed&limit=1",
  "[id]": "/api/v1/apps?limit=1",
};

/** The page's address: of the first review or app, where it is about one. */
async function addressOf(page: Page, path: string): Promise<string> {
  const [place, list] = Object.entries(lists).find(([one]) => path.includes(one)) ?? [];
  if (place === undefined || list === undefined) return path;
  const answer = await page.request.get(list);
  const { data } = (await answer.json()) as { data: { id: string }[] };
  return path.replace(place, data[0]?.id ?? "none");
}

/** The scripts that the served page itself names, each compressed alone; what is fetched on demand later is not of it. */
async function firstLoadBytes(page: Page, path: string): Promise<number> {
  const html = await (await page.request.get(path)).text();
  const named = [...html.matchAll(/<script\b[^>]*\bsrc="([^"]+)"[^>]*>/g)];
  // Old browsers only: no browser that runs the console takes it.
  const sources = new Set(
    named.filter(([tag]) => !/\bnomodule\b/i.test(tag)).map(([, source]) => source ?? ""),
  );
  expect(sources.size, `${path} names no scripts`).toBeGreaterThan(0);
  let bytes = 0;
  for (const source of sources) bytes += gzipSync(await (await page.request.get(source)).body()).length;
  return bytes;
}
