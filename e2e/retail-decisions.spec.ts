import { existsSync, readFileSync } from "node:fs";
import { expect, test } from "@playwright/test";
import type { ConfusionView } from "@/lib/evaluations/confusion-views";
import type { Confusion } from "@/lib/evaluations/schema";
import { signInAs } from "./demo-people";
import { submitRetail, type RetailRow, type RetailTool } from "./retail-decisions";

const folder = "../shared/data";
const file = `${folder}/decisions/agentverify_retail.decisions.jsonl`;

test("real agents' decisions are submitted, routed and evaluated, and the dashboard counts what the file says", async ({
  page,
  request,
  baseURL,
}) => {
  test.skip(!existsSync(file), "The shared data set of retail decisions is not beside this checkout");
  const rows = readFileSync(file, "utf8")
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as RetailRow);
  const tools = JSON.parse(readFileSync(`${folder}/retail-system/tools.json`, "utf8")) as RetailTool[];

  await signInAs(page, "admin", "/settings/tokens");
  await page.getByRole("button", { name: "New token" }).click();
  await page.getByLabel("Name").fill(`retail ${Date.now()}`);
  await page.getByRole("button", { name: "Create the token" }).click();
  const token = (await page.getByRole("dialog").locator("code").first().textContent()) ?? "";

  await submitRetail(String(baseURL), token.trim(), rows, tools);
  // Again: nothing is there twice.
  await submitRetail(String(baseURL), token.trim(), rows, tools);

  const headers = { authorization: `Bearer ${token.trim()}` };
  for (const [app, own] of Map.groupBy(rows, (row) => row.app)) {
    for (const view of ["model", "router"] as const) {
      const answer = await request.get(`/api/v1/metrics/confusion?app=${app}&view=${view}`, { headers });
      const { cells } = (await answer.json()) as Confusion;
      const counts = [cells.tp, cells.fp, cells.fn, cells.tn].map(({ count }) => count);
      expect(counts, `${app}, ${view}`).toEqual(countsOf(own, view));
    }
    await page.goto(`/evaluation?app=${app}&tab=errors`);
    const matrix = page.getByRole("table", { name: "Confusion matrix, counts and weighted counts" });
    const [tp, fp] = countsOf(own, "model");
    await expect(matrix.getByText("True positive", { exact: true }).locator("..")).toContainText(String(tp));
    await expect(matrix.getByText("False positive: wrong yes").locator("..")).toContainText(String(fp));
  }
});

/** TP, FP, FN, TN straight from the file: every line proposes to act, and 0.9 is the threshold. */
function countsOf(rows: readonly RetailRow[], view: Exclude<ConfusionView, "final">): number[] {
  const says = (row: RetailRow) => view === "model" || row.agreement_other_runs >= 0.9;
  const count = (yes: boolean, right: boolean) =>
    rows.filter((row) => says(row) === yes && row.ground_truth.correct === right).length;
  return [count(true, true), count(true, false), count(false, true), count(false, false)];
}
