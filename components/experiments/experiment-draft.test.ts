import { expect, test } from "vitest";
import type { DatasetVersionView } from "@/lib/experiments/datasets";
import { draftOf, experimentOf, recordedOption } from "./experiment-draft";

const version = { splits: { train: 60, validation: 0, test: 40 } } as DatasetVersionView;
const prompt = { kind: "prompt", id: "pmv_1", name: "Refunds v1", note: "" } as const;

test("what was trained on is not what is tested on, unless somebody says so", () => {
  expect(draftOf("Cases v1", version, undefined).split).toBe("test");
  const whole = { splits: { train: 0, validation: 0, test: 40 } } as DatasetVersionView;
  expect(draftOf("Cases v1", whole, undefined).split).toBe("");
});

test("a draft is sent in the units of the API", () => {
  const judge = { id: "evl_1", name: "Judge", kind: "llm_judge", counts: true, priced: true } as const;
  const judges = [judge, { ...judge, id: "evl_2", counts: false }];
  const draft = { ...draftOf("Cases v1", version, "pmv_1", judges), margin: "1.5", cap: "0.25" };
  expect(experimentOf(draft, "dsv_1", [recordedOption, prompt], "iss_1")).toEqual({
    name: "On Cases v1",
    dataset_version: "dsv_1",
    split: "test",
    candidates: [
      { kind: "recorded", baseline: true },
      { kind: "prompt", id: "pmv_1", baseline: false },
    ],
    evaluators: ["evl_1"],
    cost_cap_micros: 250_000,
    margin: 0.015,
    issue: "iss_1",
  });
});

test("a baseline that was taken out again leaves the first candidate as one", () => {
  const draft = draftOf("Cases v1", version, undefined);
  const other = { ...prompt, id: "pmv_2" };
  expect(experimentOf(draft, "dsv_1", [prompt, other], undefined).candidates).toEqual([
    { kind: "prompt", id: "pmv_1", baseline: true },
    { kind: "prompt", id: "pmv_2", baseline: false },
  ]);
});
