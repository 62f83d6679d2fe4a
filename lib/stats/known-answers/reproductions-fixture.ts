import { agreementReproductions } from "./agreement-fixture";
import { calibrationReproductions } from "./calibration-fixture";
import { driftReproductions } from "./drift-fixture";
import { evidenceReproductions } from "./evidence-fixture";
import type { Reproduction } from "./compare-fixture";

export const reproductions: Readonly<Record<string, Reproduction>> = {
  ...evidenceReproductions,
  ...calibrationReproductions,
  ...driftReproductions,
  ...agreementReproductions,
};
