import { describe, expect, test } from "vitest";
import { injectionCases } from "./cases/injection-cases";
import { piiCases } from "./cases/pii-cases";
import { toxicityCases } from "./cases/toxicity-cases";
import { entryOf, releasedAgent } from "./catalogue";
import { measure, precisionOf, recallOf, type Measured } from "./measure";
import { injectionSet, markedTexts, measureSpans, presidioTypes, sharedSet } from "./shared-sets-fixture";
import type { AgentKind } from "@/lib/policies/schema";

function belowFloor(kind: AgentKind, counts: Measured): string[] {
  const { floor } = entryOf(kind);
  const precision = precisionOf(counts) ?? 0;
  const recall = recallOf(counts) ?? 0;
  return [
    ...(precision < (floor?.precision ?? 1) ? [`precision ${precision}`] : []),
    ...(recall < (floor?.recall ?? 1) ? [`recall ${recall}`] : []),
  ];
}

describe("an agent keeps its floor on its own cases", () => {
  test.each([
    ["pii" as const, piiCases],
    ["prompt_injection" as const, injectionCases],
    ["toxicity" as const, toxicityCases],
  ])("%s", (kind, cases) => {
    expect(cases.length).toBeGreaterThanOrEqual(60);
    expect(belowFloor(kind, measure(releasedAgent(kind), cases))).toEqual([]);
  });
});

const injections = sharedSet("prompt_injection.csv");
test.skipIf(injections === null)(
  "the injection agent keeps its floor on the public set's test part (skipped where the shared folder is not)",
  () => {
    const set = injectionSet(injections ?? "", "test");
    expect(set.filter(({ label }) => label)).toHaveLength(29);
    expect(belowFloor("prompt_injection", measure(releasedAgent("prompt_injection"), set))).toEqual([]);
  },
);

const marked = sharedSet("pii_presidio.jsonl");
test.skipIf(marked === null)(
  "the personal-data agent keeps its floor on the public set (skipped where the shared folder is not)",
  () => {
    expect(belowFloor("pii", measureSpans(markedTexts(marked ?? ""), Object.values(presidioTypes)))).toEqual(
      [],
    );
  },
);
