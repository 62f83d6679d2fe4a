import { expect, test } from "vitest";
import { agreementsOf } from "./agreement";
import { proofOf } from "./proof";

test("each proposer is measured against people: share, kappa and every cause", () => {
  const [gpt, rules] = agreementsOf([
    { by: "gpt", proposed: "input", confirmed: "input", n: 20 },
    { by: "gpt", proposed: "input", confirmed: "inference", n: 5 },
    { by: "gpt", proposed: "inference", confirmed: "input", n: 10 },
    { by: "gpt", proposed: "inference", confirmed: "inference", n: 15 },
    { by: "rules", proposed: "inference", confirmed: "inference", n: 3 },
  ]);
  // The table of Cohen's textbook example: 35 of 50 agree, 0.5 by chance.
  expect(gpt).toMatchObject({ by: "gpt", n: 50, agreed: 35 });
  expect(gpt?.kappa?.value).toBeCloseTo(0.4, 12);
  expect(gpt?.causes).toEqual([
    { cause: "input", n: 30, agreed: 20 },
    { cause: "inference", n: 20, agreed: 15 },
  ]);
  // Always the same answer and always right: chance alone would agree.
  expect(rules).toMatchObject({ n: 3, agreed: 3, kappa: null });
});

const version = { id: "dsv_1", number: 2, status: "ready" as const };
const base = { datasetId: "dst_1", version, outside: 0, experiments: [] };
const done = { id: "xpm_1", status: "done" };

test.each([
  [{ ...base, datasetId: null, version: null }, "set"],
  [{ ...base, version: { ...version, status: "building" as const } }, "set_ready"],
  [{ ...base, outside: 2, experiments: [{ ...done, gate: "passed" as const }] }, "set_refreshed"],
  [base, "experiment"],
  [{ ...base, experiments: [{ id: "xpm_1", status: "running", gate: null }] }, "experiment_done"],
  [{ ...base, experiments: [{ ...done, gate: "failed" as const }] }, "gate"],
  [{ ...base, experiments: [{ ...done, gate: "undecided" as const }] }, "gate"],
])("an issue is not closed while something is missing (%#: %s)", (evidence, missing) => {
  expect(proofOf(evidence)).toMatchObject({ ok: false, missing });
});

test("one experiment that passed over all of the newest version is enough", () => {
  const failed = { id: "xpm_0", status: "done", gate: "failed" as const };
  const proof = proofOf({ ...base, experiments: [failed, { ...done, gate: "passed" }] });
  expect(proof).toEqual({ ok: true, experimentId: "xpm_1" });
});
