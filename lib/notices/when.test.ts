import { describe, expect, test } from "vitest";
import { Preferences } from "./preferences";
import { mailTime, mostTries, pauseAfter } from "./when";

const at = (text: string) => Date.parse(text);
const time = (now: string, preferences: Partial<Preferences>, kind: "assigned" | "escalated" = "assigned") =>
  new Date(mailTime(at(now), Preferences.parse(preferences), kind)).toISOString();

describe("when a mail may go", () => {
  test("at once, where nothing else was said", () => {
    expect(time("2026-11-22T17:23:01Z", {})).toBe("2026-11-22T17:23:01.000Z");
  });

  test("hourly: the next full hour, also where hours begin at half past", () => {
    expect(time("2026-11-22T17:23:01Z", { digest: "hourly" })).toBe("2026-11-22T18:00:00.000Z");
    expect(time("2026-11-22T17:23:01Z", { digest: "hourly", time_zone: "Asia/Kolkata" })).toBe(
      "2026-11-22T17:30:00.000Z",
    );
    expect(time("2026-11-22T17:00:00Z", { digest: "hourly" })).toBe("2026-11-22T18:00:00.000Z");
  });

  test("daily: the next time it is that hour there, across midnight and the change of clocks", () => {
    const daily = { digest: "daily", daily_at: 8, time_zone: "Europe/Berlin" } as const;
    expect(time("2026-11-22T06:59:59Z", daily)).toBe("2026-11-22T07:00:00.000Z");
    expect(time("2026-11-22T17:00:00Z", daily)).toBe("2026-11-23T07:00:00.000Z");
    // Clocks go back on 2026-10-25 and forward on 2026-03-29.
    expect(time("2026-10-24T18:00:00Z", daily)).toBe("2026-10-25T07:00:00.000Z");
    expect(time("2026-03-28T18:00:00Z", daily)).toBe("2026-03-29T06:00:00.000Z");
  });

  test("quiet hours hold it until they end, over midnight too", () => {
    const quiet = { quiet: { from: "22:00", to: "07:30" }, time_zone: "Europe/Berlin" };
    expect(time("2026-11-22T22:15:00Z", quiet)).toBe("2026-11-23T06:30:00.000Z");
    expect(time("2026-11-23T03:00:00Z", quiet)).toBe("2026-11-23T06:30:00.000Z");
    expect(time("2026-11-23T06:30:00Z", quiet)).toBe("2026-11-23T06:30:00.000Z");
    expect(time("2026-11-22T20:59:00Z", quiet)).toBe("2026-11-22T20:59:00.000Z");
  });

  test("a digest that falls into quiet hours waits for their end", () => {
    const both = { digest: "daily", daily_at: 6, quiet: { from: "22:00", to: "07:00" } } as const;
    expect(time("2026-11-22T12:00:00Z", both)).toBe("2026-11-23T07:00:00.000Z");
  });

  test("what is overdue breaks quiet hours only for who says so", () => {
    const quiet = { quiet: { from: "22:00", to: "07:00" }, digest: "daily" } as const;
    expect(time("2026-11-22T23:00:00Z", quiet, "escalated")).not.toBe("2026-11-22T23:00:00.000Z");
    const breaks = { ...quiet, overdue_breaks_quiet: true };
    expect(time("2026-11-22T23:00:00Z", breaks, "escalated")).toBe("2026-11-22T23:00:00.000Z");
    expect(time("2026-11-22T23:00:00Z", breaks, "assigned")).not.toBe("2026-11-22T23:00:00.000Z");
  });
});

test("pauses between tries grow, and ten tries take half a day at most", () => {
  const pauses = Array.from({ length: mostTries - 1 }, (_, tries) => pauseAfter(tries + 1));
  expect(pauses.every((pause, at) => at === 0 || pause > (pauses[at - 1] ?? 0))).toBe(true);
  const hours = pauses.reduce((sum, pause) => sum + pause, 0) / 3600;
  expect(hours).toBeGreaterThan(2);
  expect(hours).toBeLessThan(12);
});

test("a time zone nobody knows and a quiet stretch of no length are refused", () => {
  expect(Preferences.safeParse({ time_zone: "Mars/Olympus" }).success).toBe(false);
  expect(Preferences.safeParse({ quiet: { from: "22:00", to: "22:00" } }).success).toBe(false);
  expect(Preferences.safeParse({ quiet: { from: "25:00", to: "07:00" } }).success).toBe(false);
});
