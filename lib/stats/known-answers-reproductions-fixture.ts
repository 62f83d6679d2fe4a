import { agreementReproductions } from "./known-answers-agreement-fixture";
import { calibrationReproductions } from "./known-answers-calibration-fixture";
import { driftReproductions } from "./known-answers-drift-fixture";
import { evidenceReproductions } from "./known-answers-evidence-fixture";
import type { Tolerance } from "./known-answers-fixture";

/** How one part of the known answers comes about: which of its fields are given, and the rest, computed. */
export type Reproduction = { inputs?: readonly string[]; tolerance?: Tolerance; reproduce: () => unknown };

export const reproductions: Readonly<Record<string, Reproduction>> = {
  ...evidenceReproductions,
  ...calibrationReproductions,
  ...driftReproductions,
  ...agreementReproductions,
};
