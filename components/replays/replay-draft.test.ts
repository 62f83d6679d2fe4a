import { describe, expect, test } from "vitest";
import { NewReplay } from "@/lib/autonomy/replay-views";
import { newDraft, periods, replayOf } from "./replay-draft";

describe("a replay's form", () => {
  test("begins with what the address asks for", () => {
    expect(newDraft({ type: "refund.issue", positive: "0.93" })).toMatchObject({
      kind: "threshold",
      type: "refund.issue",
      positive: { mode: "from", threshold: 0.93 },
      negative: { mode: "as_it_was" },
    });
    expect(newDraft({ negative: "0.8" }).positive.mode).toBe("as_it_was");
    expect(newDraft({ policy_version: "pov_1" })).toMatchObject({ kind: "policy", version: "pov_1" });
    expect(newDraft({ positive: "2" }).positive).toEqual({ mode: "from", threshold: 0.9 });
  });

  test.each(periods.map(([value]) => value))("asks the server for what it understands: %s", (period) => {
    const made = replayOf({ ...newDraft({ positive: "0.93" }), period }, "refund-desk");
    expect(made.ok && NewReplay.safeParse(made.input).success).toBe(true);
  });

  test("says what is missing", () => {
    const draft = newDraft({});
    const side = { mode: "as_it_was", threshold: 0.9 } as const;
    expect(replayOf({ ...draft, positive: side, negative: side }, "a")).toMatchObject({ ok: false });
    expect(replayOf({ ...draft, kind: "policy" }, "a")).toMatchObject({ ok: false });
    expect(replayOf({ ...draft, auditPercent: "" }, "a")).toMatchObject({ ok: false });
    expect(replayOf({ ...draft, positive: { mode: "never", threshold: 0.9 } }, "a")).toMatchObject({
      input: { thresholds: { positive: null }, audit_rate: 0.1 },
    });
  });
});
