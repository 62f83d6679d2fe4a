import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  levelOf,
  looksToNoData,
  looksToRecover,
  looksToSayNoData,
  watch,
  type Outcome,
  type Reading,
  type Rules,
  type Watch,
} from "./watch";

const minute = 60_000;
const rules: Rules = {
  comparator: "above",
  warnAt: 0.05,
  alertAt: 0.1,
  minN: 30,
  forLooks: 2,
  hysteresis: 0.01,
  cooldownMs: 60 * minute,
};
const fresh: Watch = { state: "ok", pending: null, streak: 0, warnedMs: null, alertedMs: null };

type Step = { at: number; outcome: Outcome; state: Watch["state"] };

/** A look a minute at each reading; what came of them. */
function looks(readings: readonly (number | null | Reading)[], given: Rules = rules, from: Watch = fresh) {
  let now = from;
  const told: Step[] = [];
  const states = readings.map((one, at) => {
    const reading = typeof one === "number" || one === null ? { value: one, n: 100 } : one;
    const { after, outcome } = watch(given, now, reading, at * minute);
    now = after;
    if (outcome) told.push({ at, outcome, state: after.state });
    return after.state;
  });
  return { states, told, now };
}
const times = (count: number, value: number | null) => Array<number | null>(count).fill(value);
const heard = (steps: Step[]) =>
  steps.filter(({ outcome }) => outcome.tell === "yes").map(({ outcome }) => outcome.kind);

describe("a monitor", () => {
  test("alerts after so many looks in a row, not before", () => {
    expect(looks([0.2, 0.01, 0.2, 0.2]).states).toEqual(["ok", "ok", "ok", "alert"]);
  });

  test("tells once of a figure that flaps, and again after the cooldown", () => {
    const flap = Array.from({ length: 55 }, (_, at) => (at % 2 === 0 ? 0.2 : 0.01));
    const once = { ...rules, forLooks: 1 };
    expect(heard(looks(flap, once).told)).toEqual(["alert"]);
    // Well for long enough each time: incidents end, and people still hear of one alert only.
    const slow = [...times(6, 0.2), ...times(8, 0.01), ...times(6, 0.2), ...times(8, 0.01)];
    expect(heard(looks(slow, once).told).filter((kind) => kind === "alert")).toHaveLength(1);
    expect(
      heard(looks([...slow, ...times(60, 0.01), 0.2], once).told).filter((kind) => kind === "alert"),
    ).toHaveLength(2);
  });

  test("goes to alert though looks alternate between warning and alert: all of them were that bad", () => {
    const { states, told } = looks([0.06, 0.2, 0.2, 0.2]);
    expect(states).toEqual(["ok", "warning", "warning", "alert"]);
    expect(heard(told)).toEqual(["warn", "alert"]);
  });

  test("a warning just before silences no alert, an alert silences a warning after it", () => {
    expect(heard(looks([...times(2, 0.06), ...times(2, 0.2)]).told)).toEqual(["warn", "alert"]);
    expect(heard(looks([...times(2, 0.2), ...times(8, 0.01), ...times(2, 0.06)]).told)).toEqual([
      "alert",
      "recovered",
    ]);
  });

  test("leaves a level only when the figure is back by the hysteresis", () => {
    expect(levelOf(rules, "ok", { value: 0.095, n: 50 })).toBe("warning");
    expect(levelOf(rules, "alert", { value: 0.095, n: 50 })).toBe("alert");
    expect(levelOf(rules, "alert", { value: 0.085, n: 50 })).toBe("warning");
    expect(levelOf(rules, "warning", { value: 0.045, n: 50 })).toBe("warning");
    const below: Rules = { ...rules, comparator: "below", warnAt: 0.9, alertAt: 0.8, hysteresis: 0.05 };
    expect(levelOf(below, "ok", { value: 0.8, n: 50 })).toBe("alert");
    expect(levelOf(below, "alert", { value: 0.84, n: 50 })).toBe("alert");
    expect(levelOf(below, "ok", { value: 0.95, n: 50 })).toBe("ok");
    for (const value of [Number.NaN, Number.POSITIVE_INFINITY])
      expect(levelOf(rules, "alert", { value, n: 50 })).toBe("no_data");
  });

  test("is over only after enough good looks, once", () => {
    const { told } = looks([...times(2, 0.2), ...times(30, 0.01)]);
    const recovered = told.filter(({ outcome }) => outcome.kind === "recovered");
    expect(recovered).toHaveLength(1);
    expect(recovered[0]?.at).toBe(2 + rules.forLooks + looksToRecover - 2);
  });

  test("without a figure has no data, says so after a while and once, and ends no incident", () => {
    const { states, told } = looks([...times(2, 0.2), ...times(300, null)]);
    expect(states[1 + looksToNoData]).toBe("no_data");
    expect(states[looksToNoData]).toBe("alert");
    expect(told.map(({ outcome }) => outcome.kind)).toEqual(["alert", "no_data"]);
    expect(told[1]?.at).toBe(1 + looksToNoData + looksToSayNoData - 1);
    expect(looks(Array(10).fill({ value: 0.5, n: 29 })).states.at(-1)).toBe("no_data");
  });
});

describe("whatever is seen", () => {
  const value = fc.oneof(
    fc.constantFrom(0.01, 0.045, 0.055, 0.095, 0.11, 0.5, null),
    fc.double({ min: 0, max: 1, noNaN: true }),
  );
  const stream = fc.array(value, { maxLength: 300 });
  const some = fc.record({
    forLooks: fc.integer({ min: 1, max: 5 }),
    hysteresis: fc.constantFrom(0, 0.01, 0.04),
    cooldownMs: fc.constantFrom(0, 10 * minute, 60 * minute),
    warnAt: fc.constantFrom(null, 0.05),
  });

  test("no two alerts are told within a cooldown", () => {
    fc.assert(
      fc.property(stream, some, (readings, more) => {
        const alerts = looks(readings, { ...rules, ...more }).told.filter(
          ({ outcome }) => outcome.kind === "alert" && outcome.tell === "yes",
        );
        alerts.slice(1).forEach(({ at }, index) => {
          expect((at - (alerts[index]?.at ?? 0)) * minute).toBeGreaterThanOrEqual(more.cooldownMs);
        });
      }),
    );
  });

  test("as many alarming looks as asked always end in alert; fewer never begin one", () => {
    fc.assert(
      fc.property(stream, some, (readings, more) => {
        const given = { ...rules, ...more };
        const { states, now } = looks(readings, given);
        expect(looks(times(2 * given.forLooks, 0.9), given, now).states.at(-1)).toBe("alert");
        states.forEach((state, at) => {
          if (state !== "alert" || states[at - 1] === "alert") return;
          const before = readings.slice(Math.max(0, at - given.forLooks + 1), at + 1);
          expect(before.every((one) => one !== null && one >= given.alertAt)).toBe(true);
        });
      }),
    );
  });

  test("an incident is over only after good looks in a row, and missing figures are none", () => {
    fc.assert(
      fc.property(stream, some, (readings, more) => {
        const given = { ...rules, ...more };
        const good = given.warnAt ?? given.alertAt;
        for (const { at, outcome } of looks(readings, given).told) {
          if (outcome.kind !== "recovered") continue;
          const last = readings.slice(Math.max(0, at - looksToRecover + 1), at + 1);
          expect(last.every((one) => one !== null && one < good)).toBe(true);
        }
      }),
    );
  });
});
