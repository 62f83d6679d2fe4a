import { expect, test } from "vitest";
import { comparedTime } from "./compared-time";

test("a compared time reads to the minute", () => {
  expect(comparedTime({ from: "2026-11-21T14:42:07.123Z", to: "2026-11-22T02:00:00.000Z" })).toBe(
    "2026-11-21 14:42 to 2026-11-22 02:00 UTC",
  );
});
