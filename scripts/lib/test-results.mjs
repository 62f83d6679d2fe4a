import path from "node:path";
import { stripVTControlCharacters } from "node:util";
import { readJson } from "./files.mjs";
import { root } from "./runtime.mjs";

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

/** Counts in the torture's or the simulation's JSON: promises that held and that did not. */
export function promiseCounts(file, code) {
  const report = readJson(file);
  if (!report) return { passed: 0, failed: 1, skipped: 0 };
  return { passed: report.passed, failed: report.failed || (code === 0 ? 0 : 1), skipped: 0 };
}

/** What failed in a vitest or a Playwright JSON report, a line each: where, its name, and the reason's first line. */
export function failuresIn(file) {
  const report = readJson(file);
  if (report?.testResults) return report.testResults.flatMap(vitestFailures);
  if (report?.suites) return report.suites.flatMap(playwrightFailures);
  return [];
}

/** The stories of a Playwright JSON report that failed at first, a line each: a reason to look, though they passed. */
export function secondTriesIn(file) {
  return (readJson(file)?.suites ?? []).flatMap(flakyStories);
}

function flakyStories({ file, specs = [], suites = [] }) {
  const flaky = specs.filter(({ tests }) => tests.some(({ status }) => status === "flaky"));
  return [...flaky.map((spec) => storyLine(file, spec)), ...suites.flatMap(flakyStories)];
}

function vitestFailures({ name, status, message, assertionResults }) {
  const failed = assertionResults.filter((each) => each.status === "failed");
  if (!failed.length && status === "failed") return [failureLine(name, "could not be loaded", message)];
  return failed.map((each) => failureLine(name, each.fullName, each.failureMessages?.[0]));
}

function playwrightFailures({ file, specs = [], suites = [] }) {
  const failed = specs.filter(({ ok }) => !ok);
  return [...failed.map((spec) => storyLine(file, spec)), ...suites.flatMap(playwrightFailures)];
}

function storyLine(file, { title, tests }) {
  const errors = tests.flatMap(({ results }) => results.flatMap((each) => each.errors ?? []));
  return failureLine(file, title, errors[0]?.message);
}

function failureLine(file, name, reason = "") {
  const first = stripVTControlCharacters(reason).trim().split("\n")[0];
  return `${path.relative(root, path.resolve(root, file))}: ${name}: ${first}`;
}

export function addCounts(all) {
  const sum = (key) => all.reduce((total, each) => total + each[key], 0);
  return { passed: sum("passed"), failed: sum("failed"), skipped: sum("skipped") };
}

export const sayCounts = ({ passed, failed, skipped }) =>
  `${passed} passed, ${failed} failed${skipped ? `, ${skipped} skipped` : ""}`;
