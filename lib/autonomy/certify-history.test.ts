import { expect, test } from "vitest";
import { logEOfCounts } from "@/lib/stats/certificate";
import { gridOf, rehearse } from "./certify-history";
import { indexScores } from "./score-index";
import { segmentsAt, segmentsOf } from "./score-segments";
import { columnsOf, type Past, someHistory } from "./testing-history";
import { samplingPlanAddress, whyNot } from "./why-not";
import { seededRandom } from "@/lib/stats/seeded-random";

const pledge = { alpha: 0.02, delta: 0.05 };
const many = (count: number, one: Past) => Array.from({ length: count }, () => one);

function look(history: readonly Past[]) {
  const columns = columnsOf(history);
  const index = indexScores(columns, history.length, { outcomes: "drawn" });
  const candidates = rehearse(index, columns, pledge);
  return {
    columns,
    index,
    candidates,
    why: whyNot(candidates, { index, total: history.length, alpha: 0.02 }),
  };
}

test("the evidence at a threshold is the certificate of the counts at and above it", () => {
  const { candidates } = look([
    ...many(300, { score: 0.9, label: "r" }),
    ...many(2, { score: 0.8, label: "w" }),
    ...many(198, { score: 0.8, label: "r" }),
  ]);
  expect(candidates.map(({ threshold, n, wrong }) => [threshold, n, wrong])).toEqual([
    [0.9, 300, 0],
    [0.8, 500, 2],
  ]);
  expect(candidates[0]?.logE).toBeCloseTo(logEOfCounts({ n: 300, wrong: 0, alpha: 0.02 }), 10);
  expect(candidates[1]?.logE).toBeCloseTo(logEOfCounts({ n: 500, wrong: 2, alpha: 0.02 }), 10);
});

test("one threshold with nothing wrong is certified at 190 labels, and not at 189 (autonomy.md §1.12)", () => {
  expect(look(many(190, { score: 0.9, label: "r" })).candidates[0]).toMatchObject({
    certified: true,
    moreNeeded: 0,
  });
  const { candidates, why } = look(many(189, { score: 0.9, label: "r" }));
  expect(candidates[0]).toMatchObject({ certified: false });
  expect(candidates[0]?.moreNeeded).toBeGreaterThan(0);
  expect(why).toMatchObject({ obstacle: "too_few_labels" });
  expect(why?.sentence).toContain("from 0.90 up, 189 with 0 wrong");
});

test("an outcome that nobody drew is no evidence", () => {
  const { candidates, why } = look(many(500, { score: 0.9, label: "R" }));
  expect(candidates[0]).toMatchObject({ n: 0, certified: false });
  expect(why?.obstacle).toBe("no_labels");
});

test("where all are wrong more often than promised, more audits are not asked for", () => {
  const half = Array.from({ length: 400 }, (_, at): Past => {
    return { score: 0.5 + at / 1000, label: at % 2 ? "r" : "w" };
  });
  const { why } = look(half);
  expect(why).toMatchObject({ obstacle: "too_wrong", nearest: null });
  expect(why?.sentence).toMatch(/wrong \d+ times in \d+: more than 2 %/);
});

test("no decisions, none with a confidence, and one score for all each say so", () => {
  const empty = look([]);
  expect(empty.why?.obstacle).toBe("no_decisions");
  const { index } = empty;
  expect(whyNot([], { index, total: 12, alpha: 0.02 })?.obstacle).toBe("no_confidence");
  const tied = look([...many(50, { score: 1, label: "w" }), ...many(50, { score: 1, label: "r" })]);
  expect(tied.candidates).toHaveLength(1);
  expect(tied.why).toMatchObject({ obstacle: "one_score" });
  expect(tied.why?.sentence).toContain("same confidence, 1.00, and 50 % were wrong");
});

test("the grid is distinct, strictest first, and ends with what lets all of it through", () => {
  const { index } = look(someHistory(4000, seededRandom(5)));
  const grid = gridOf(index);
  expect(grid).toHaveLength(20);
  expect(grid).toEqual(grid.toSorted((a, b) => b - a));
  expect(grid.at(-1)).toBe(index.scores[index.size - 1]);
});

test("a bad part is shown first, whatever its size; those with too few labels last", () => {
  const history: Past[] = [
    ...many(400, { score: 0.9, label: "r", segment: 0 }),
    ...many(60, { score: 0.9, label: "w", segment: 1 }),
    ...many(25, { score: 0.9, label: "u", segment: 2 }),
    ...many(5, { score: 0.9, label: "w", segment: 3 }),
  ];
  const none = { subject_type: null, prompt_version: null, language: null };
  const segments = ["gpt-a", "gpt-b", "gpt-c", "gpt-d"].map((model) => ({ ...none, model }));
  const found = segmentsAt(segmentsOf({ columns: columnsOf(history), segments }, "drawn"), 0.5);
  expect(found.map(({ name, error }) => [name, error.kind])).toEqual([
    ["gpt-b", "estimate"],
    ["gpt-a", "estimate"],
    ["gpt-c", "insufficient"],
  ]);
  expect(found[0]).toMatchObject({ coverage: 1, size: 60, error: { value: 1 } });
});

test("amounts are cut at round numbers into parts that miss none", () => {
  const history = someHistory(2000, seededRandom(9)).map((one) => ({ ...one, held: false }));
  const parts = segmentsOf({ columns: columnsOf(history), segments: [] }, "drawn");
  expect(parts.every(({ dimension }) => dimension === "amount")).toBe(true);
  expect(parts.reduce((sum, { index }) => sum + index.size, 0)).toBe(2000);
  for (const { band } of parts) expect(String(band?.low)).toMatch(/^(0|[125]0*)$/);
});

test("a plan's form is filled in through its address", () => {
  const about = { app: "app_1", type: "dty_1", name: "Refunds from 0.9", from: "2026-11-01", rate: 12 };
  expect(samplingPlanAddress({ ...about, routes: ["execute"], cut: 0.9 })).toBe(
    "/audits/plans/new?name=Refunds+from+0.9&app=app_1&type=dty_1&from=2026-11-01&route=execute&cuts=0.9&rate=12",
  );
  expect(samplingPlanAddress({ ...about, routes: [], cut: 1 })).not.toContain("cuts");
});
