import { afterEach, expect, test } from "vitest";
import { Submission } from "@/lib/decisions/schema";
import { setIdClock } from "@/lib/kernel/ids";
import { isPast } from "./past-limit";

afterEach(() => setIdClock(0));

const now = new Date("2026-11-23T12:00:00Z");
const until = (expires_at?: string) =>
  Submission.parse({ type: "refund.issue", input: {}, proposal: { arguments: {} }, expires_at });

test.each([
  ["2026-11-23T12:00:01Z", false],
  ["2026-11-23T12:00:00Z", true],
  ["2026-11-23T13:00:00+01:00", true],
  [undefined, false],
])("of what ends at %s at twelve", (limit, expected) => {
  expect(isPast(until(limit), now)).toBe(expected);
});

test("the database's clock says what is late, not this machine's", () => {
  setIdClock(300_000);
  expect(isPast(until("2026-11-23T12:04:00Z"), now)).toBe(true);
  setIdClock(-300_000);
  expect(isPast(until("2026-11-23T11:56:00Z"), now)).toBe(false);
});
