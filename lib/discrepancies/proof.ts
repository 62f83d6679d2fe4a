/** Words of a later room that an issue's proof is told in. */
export type GateWord = "passed" | "failed" | "undecided";
export type SetStatus = "building" | "ready" | "failed";

/** What an issue's regression set has shown so far; `outside`: attached decisions that its newest version lacks. */
export type Evidence = {
  datasetId: string | null;
  version: { id: string; number: number; status: SetStatus } | null;
  outside: number;
  experiments: readonly { id: string; status: string; gate: GateWord | null }[];
};

export type Missing = "set" | "set_ready" | "set_refreshed" | "experiment" | "experiment_done" | "gate";
export type Proof = { ok: true; experimentId: string } | { ok: false; missing: Missing; sentence: string };

/** Whether an issue may be closed: an experiment over all of its set, in its newest version, whose gate passed. */
export function proofOf({ datasetId, version, outside, experiments }: Evidence): Proof {
  const lacks = (missing: Missing, sentence: string): Proof => ({ ok: false, missing, sentence });
  if (datasetId === null || version === null) return lacks("set", "It has no regression set yet.");
  if (version.status !== "ready") {
    const how = version.status === "building" ? "is still being made" : "could not be made";
    return lacks("set_ready", `Version ${version.number} of its regression set ${how}.`);
  }
  if (outside > 0) {
    const what = outside === 1 ? "1 decision was" : `${outside} decisions were`;
    return lacks("set_refreshed", `${what} attached since the set was made: refresh it.`);
  }
  const passed = experiments.find(({ status, gate }) => status === "done" && gate === "passed");
  if (passed) return { ok: true, experimentId: passed.id };
  if (experiments.length === 0) return lacks("experiment", "No experiment has been run over its set yet.");
  if (!experiments.some(({ status }) => status === "done")) {
    return lacks("experiment_done", "The experiment over its set is not done yet.");
  }
  return lacks("gate", "No experiment over its set has passed the gate.");
}
