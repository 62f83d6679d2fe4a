import { expect, test } from "vitest";
import { noticeDaysOf } from "./retention";

test.each([
  [undefined, 90],
  ["", 90],
  ["30", 30],
  ["7", 7],
  ["3650", 3650],
])("a setting of %s keeps what was told for %i days", (setting, days) => {
  expect(noticeDaysOf(setting)).toBe(days);
});

test.each(["0", "6", "-1", "1.5", "3651", "a month", "Infinity"])(
  "a setting of %s, which would lose news or mean nothing, keeps the usual 90 days",
  (setting) => {
    expect(noticeDaysOf(setting)).toBe(90);
  },
);
