import { readJson } from "./files.mjs";

/**
 * Counts in a vitest JSON report. A file that could not be loaded, and an error outside any test, count as one failure.
 * @returns {{ passed: number, failed: number, skipped: number }}
 */
export function vitestCounts(file, code) {
  const report = readJson(file);
  if (!report) return { passed: 0, failed: 1, skipped: 0 };
  const unloaded = report.testResults.filter(
    ({ status, assertionResults }) =>
      status === "failed" && !assertionResults.some((each) => each.status === "failed"),
  ).length;
  const failed = report.numFailedTests + unloaded;
  return {
    passed: report.numPassedTests,
    failed: failed || (code === 0 ? 0 : 1),
    skipped: report.numPendingTests + report.numTodoTests,
  };
}

/** Counts in a Playwright JSON report; a test that passed on a second try passed (the list reporter names it). */
export function playwrightCounts(file, code) {
  const report = readJson(file);
  if (!report) return { passed: 0, failed: code === 0 ? 0 : 1, skipped: 0 };
  const { expected, unexpected, flaky, skipped } = report.stats;
  return { passed: expected + flaky, failed: unexpected || (code === 0 ? 0 : 1), skipped };
}

/** Counts in the torture's JSON: promises that held and that did not. */
export function promiseCounts(file, code) {
  const report = readJson(file);
  if (!report) return { passed: 0, failed: 1, skipped: 0 };
  return { passed: report.passed, failed: report.failed || (code === 0 ? 0 : 1), skipped: 0 };
}

export function addCounts(all) {
  const sum = (key) => all.reduce((total, each) => total + each[key], 0);
  return { passed: sum("passed"), failed: sum("failed"), skipped: sum("skipped") };
}

export const sayCounts = ({ passed, failed, skipped }) =>
  `${passed} passed, ${failed} failed${skipped ? `, ${skipped} skipped` : ""}`;
