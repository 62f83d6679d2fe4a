// npx tsx --conditions=react-server scripts/trials/drift.ts
// Two apps say the same of the same cases through a running installation (the `npm start` of COUNTERSIGN_DATA_DIR), each
// under a contract of at most 2 % wrong, 95 % sure, 400 decisions a simulated day. From one day on, four times as many of
// the first one's are wrong. One JSON line; the exit code says whether it was stepped down in time, and admins were told.
import { parseArgs } from "node:util";
import { randomOf } from "../simulate/random";
import { joinInstallation } from "./installation";
import { labelsOf, openSegment, type Case, type DayResult } from "./segment";

const terms = { alpha: 0.02, delta: 0.05 };
const perDay = 400;
/** What is wrong after the drift, as a multiple. */
const multiple = 4;
const mostDays = 3;
const mostMore = 20;
/** Days looked on after the step-down, in which nothing may run alone. */
const daysAfter = 3;

const { values } = parseArgs({
  options: {
    seed: { type: "string", default: "11" },
    "drift-day": { type: "string", default: "25" },
    labels: { type: "string", default: "audits" },
  },
});
const labels = labelsOf(values.labels);
const driftDay = Number(values["drift-day"]);
const began = performance.now();
const random = randomOf(Number(values.seed), "drift trial", 0);
const place = await joinInstallation();
const drifting = await openSegment(place, { name: "drifting", terms, labels });
const steady = await openSegment(place, { name: "steady", terms, labels });

let [more, ranAfter, delay] = [0, 0, 0];
let before: DayResult | undefined;
for (let at = 1; ranOn(at); at += 1) {
  const since = at - driftDay;
  const draws = Array.from({ length: perDay }, () => ({ u: random(), luck: random() }));
  const day = await drifting.live(
    draws.map((draw, n) => caseOf(`${at}-${n}`, draw, since >= 1 ? multiple : 1)),
  );
  const beside = await steady.live(draws.map((draw, n) => caseOf(`${at}-${n}`, draw, 1)));
  process.stderr.write(`day ${at}: ${JSON.stringify({ day, beside })}\n`);
  if (since === 0) before = day;
  if (since >= 1 && delay > 0) ranAfter += day.ranAlone;
  if (since >= 1 && delay === 0) {
    more += day.ranAloneWrong - beside.ranAloneWrong;
    if (day.level !== "auto") delay = since;
  }
}
const isTold = delay > 0 && (await drifting.isTold());
await place.connection.close();

const line = {
  trial: "drift",
  labels,
  drift_day: driftDay,
  exposed: before?.level === "auto",
  threshold: before?.threshold ?? null,
  stepped_down_after_days: delay > 0 ? delay : null,
  wrong_more_than_without: more,
  told: isTold,
  ran_alone_after: ranAfter,
  seconds: Math.round((performance.now() - began) / 1000),
};
const isInTime = delay > 0 && delay <= mostDays && more <= mostMore;
const isKept = line.exposed && isInTime && isTold && ranAfter === 0;
process.stdout.write(`${JSON.stringify({ ...line, kept: isKept })}\n`);
process.stdout.write(
  `drift: ${isKept ? "kept" : "BROKEN"}: stepped down ${delay > 0 ? `on day ${delay}` : "never"} of the drift (at most ${mostDays}), ${more} wrong more than without it (at most ${mostMore}), admins ${isTold ? "told" : "NOT told"}, ${ranAfter} ran alone after (0)\n`,
);
process.exitCode = isKept ? 0 : 1;

/** Up to some days after the step-down; without one, long enough to see that it does not come. */
function ranOn(at: number): boolean {
  return at <= driftDay + (delay > 0 ? delay + daysAfter : 10);
}

/** A case of a model that says the truth about itself: it is wrong with a chance of .3u², and says so. */
function caseOf(id: string, { u, luck }: { u: number; luck: number }, times: number): Case {
  const chance = 0.3 * u ** 2;
  return { id: `case-${id}`, confidence: 1 - chance, isRight: luck >= Math.min(1, times * chance) };
}
