import { expect, test } from "vitest";
import { fieldTime, minutesTo, minutesToTomorrow } from "./snooze-times";

test.each([
  [new Date(2026, 10, 22, 8, 30), 24 * 60 + 30],
  [new Date(2026, 10, 22, 23, 59), 9 * 60 + 1],
  [new Date(2026, 11, 31, 9, 0), 24 * 60],
])("from %s tomorrow at nine is %d minutes away", (now, minutes) =>
  expect(minutesToTomorrow(now)).toBe(minutes),
);

test("a moment that is over is a minute, one beyond a week is a week", () => {
  const now = new Date(2026, 10, 22, 12, 0);
  expect(minutesTo(new Date(2026, 10, 22, 11, 0), now)).toBe(1);
  expect(minutesTo(new Date(2027, 10, 22, 11, 0), now)).toBe(7 * 24 * 60);
});

test("a date field is given local time", () => {
  expect(fieldTime(new Date(2026, 0, 5, 7, 3))).toBe("2026-01-05T07:03");
});
