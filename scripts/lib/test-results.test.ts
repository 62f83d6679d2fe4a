import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, expect, test } from "vitest";
import {
  addCounts,
  failuresIn,
  playwrightCounts,
  promiseCounts,
  sayCounts,
  secondTriesIn,
  vitestCounts,
} from "./test-results.mjs";

const folder = mkdtempSync(path.join(tmpdir(), "countersign-results-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function report(content: unknown): string {
  const file = path.join(folder, "report.json");
  writeFileSync(file, JSON.stringify(content));
  return file;
}

const nothing = {
  numPassedTests: 0,
  numFailedTests: 0,
  numPendingTests: 0,
  numTodoTests: 0,
  testResults: [],
};

test.each([
  [
    "tests as they went",
    { ...nothing, numPassedTests: 5, numFailedTests: 2 },
    1,
    { passed: 5, failed: 2, skipped: 0 },
  ],
  [
    "a file that could not be loaded",
    { ...nothing, testResults: [{ status: "failed", assertionResults: [] }] },
    1,
    { passed: 0, failed: 1, skipped: 0 },
  ],
  ["an error outside any test", { ...nothing, numPassedTests: 5 }, 1, { passed: 5, failed: 1, skipped: 0 }],
])("counts %s", (_title, content, code, counts) => {
  expect(vitestCounts(report(content), code)).toEqual(counts);
});

test("no report is a failure", () => {
  expect(vitestCounts(path.join(folder, "none.json"), 0).failed).toBe(1);
});

test("a story that passed the second time passed, and one that never did failed", () => {
  const stats = { expected: 3, unexpected: 1, flaky: 1, skipped: 2 };
  expect(playwrightCounts(report({ stats }), 1)).toEqual({ passed: 4, failed: 1, skipped: 2 });
});

test("a story that needed a second try is named with what went wrong at first, and is no failure", () => {
  const spec = (title: string, status: string, message: string) => ({
    title,
    ok: status !== "unexpected",
    tests: [{ status, results: [{ errors: [{ message }] }] }],
  });
  const specs = [spec("opens", "flaky", "was not there\nat all"), spec("closes", "unexpected", "stayed")];
  const file = report({
    suites: [{ file: "e2e/door.spec.ts", suites: [{ file: "e2e/door.spec.ts", specs }] }],
  });
  expect(secondTriesIn(file)).toEqual(["e2e/door.spec.ts: opens: was not there"]);
  expect(failuresIn(file)).toEqual(["e2e/door.spec.ts: closes: stayed"]);
});

test("a torture that ended early failed, whatever it had counted", () => {
  expect(promiseCounts(report({ passed: 9, failed: 1 }), 1)).toEqual({ passed: 9, failed: 1, skipped: 0 });
  expect(promiseCounts(report({ passed: 9, failed: 0 }), 1).failed).toBe(1);
  expect(promiseCounts(path.join(folder, "none.json"), 1).failed).toBe(1);
});

test("a sum is said in the words of the closing line", () => {
  const one = { passed: 1, failed: 0, skipped: 0 };
  expect(sayCounts(addCounts([one, one]))).toBe("2 passed, 0 failed");
});
