// npx tsx --conditions=react-server scripts/trials/mcqa.ts
// Plays 21,407 answers of GPT-4-turbo, with its own confidence in each, through a running installation (the `npm start`
// of COUNTERSIGN_DATA_DIR) under a contract of at most 5 % wrong, 95 % sure: submissions, outcomes, audits, proposals and
// signatures over the API, 400 a simulated day (`--labels outcomes`: a system of record tells
// what was true, in place of an auditor). One JSON line; the exit code says whether the contract was kept.
import { parseArgs } from "node:util";
import { readAnswers, inRandomOrder } from "./answers";
import { joinInstallation } from "./installation";
import { labelsOf, openSegment, type DayResult } from "./segment";

const terms = { alpha: 0.05, delta: 0.05 };
/** Share that the method itself automates on these answers in the end, and how far below that is still as good. */
const methodsOwn = 0.583;
const tolerance = 0.05;
const fixed = 0.9;
/** The share in the end is that of so many last days. */
const lastDays = 10;

const { values } = parseArgs({
  options: {
    "per-day": { type: "string", default: "400" },
    seed: { type: "string", default: "7" },
    days: { type: "string", default: "1000" },
    labels: { type: "string", default: "audits" },
  },
});
const answers = readAnswers();
if (!answers) {
  process.stdout.write("Skipped: the answers are not beside this checkout (../shared/data/confidence)\n");
} else {
  const perDay = Number(values["per-day"]);
  const cases = inRandomOrder(answers, Number(values.seed)).slice(0, perDay * Number(values.days));
  const began = performance.now();
  const place = await joinInstallation();
  const segment = await openSegment(place, { name: "mcqa", terms, labels: labelsOf(values.labels) });
  const results: DayResult[] = [];
  for (let from = 0; from < cases.length; from += perDay) {
    const day = await segment.live(cases.slice(from, from + perDay));
    results.push(day);
    process.stderr.write(`day ${results.length}: ${JSON.stringify(day)}\n`);
  }
  const { account } = (await segment.read()).evidence;
  await place.connection.close();
  const line = {
    trial: "mcqa",
    per_day: perDay,
    labels: values.labels,
    ...figuresOf(results),
    account,
    seconds: Math.round((performance.now() - began) / 1000),
  };
  const isKept = line.error_alone <= terms.alpha && line.share_at_end >= methodsOwn - tolerance;
  process.stdout.write(`${JSON.stringify({ ...line, kept: isKept })}\n`);
  process.stdout.write(
    `mcqa: ${isKept ? "kept" : "BROKEN"}: ${percent(line.share_at_end)} run alone in the end (the method's own: ${percent(methodsOwn)}), ${percent(line.error_alone)} of what ran alone was wrong (promised: ${percent(terms.alpha)}); a fixed ${fixed} runs ${percent(line.fixed_share)} alone at ${percent(line.fixed_error)}\n`,
  );
  process.exitCode = isKept ? 0 : 1;
}

function figuresOf(results: readonly DayResult[]) {
  const all = totalOf(results);
  const first = results.findIndex(({ ranAlone }) => ranAlone > 0);
  const since = totalOf(first < 0 ? [] : results.slice(first));
  const end = totalOf(results.slice(-lastDays));
  const above = (answers ?? []).filter(({ confidence }) => confidence >= fixed);
  return {
    decisions: all.submitted,
    days: results.length,
    first_day_alone: first < 0 ? null : first + 1,
    ran_alone: all.ranAlone,
    wrong_alone: all.ranAloneWrong,
    error_alone: share(all.ranAloneWrong, all.ranAlone),
    share_overall: share(all.ranAlone, all.submitted),
    share_since_certified: share(since.ranAlone, since.submitted),
    share_at_end: share(end.ranAlone, end.submitted),
    audited: all.audited,
    signatures: all.signed,
    threshold: results.at(-1)?.threshold ?? null,
    fixed_share: share(above.length, (answers ?? []).length),
    fixed_error: share(above.filter(({ isRight }) => !isRight).length, above.length),
  };
}

function totalOf(results: readonly DayResult[]) {
  const sum = (key: "submitted" | "ranAlone" | "ranAloneWrong" | "audited" | "signed") =>
    results.reduce((total, day) => total + day[key], 0);
  return {
    submitted: sum("submitted"),
    ranAlone: sum("ranAlone"),
    ranAloneWrong: sum("ranAloneWrong"),
    audited: sum("audited"),
    signed: sum("signed"),
  };
}

function share(part: number, whole: number): number {
  return whole === 0 ? 0 : Math.round((part / whole) * 1e4) / 1e4;
}

function percent(value: number): string {
  return `${(value * 100).toFixed(1)} %`;
}
