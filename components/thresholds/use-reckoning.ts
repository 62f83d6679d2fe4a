"use client";

import { useMemo } from "react";
import { type Candidate, rehearse } from "@/lib/autonomy/certify-history";
import { indexScores, type ScoreIndex } from "@/lib/autonomy/score-index";
import { curveOf, histogramOf, reliabilityOf } from "@/lib/autonomy/score-pictures";
import { segmentsOf } from "@/lib/autonomy/score-segments";
import type { ThresholdData } from "@/lib/autonomy/threshold-endpoints";
import type { ContractView } from "@/lib/autonomy/views";
import { type Means, whatIf } from "@/lib/autonomy/what-if";
import { candidateOf, whyNot } from "@/lib/autonomy/why-not";
import { minorUnits } from "./figure-texts";
import type { Looking } from "./use-looking";

const dayMs = 86_400_000;
/** Of what runs alone, where nothing does yet: a contract begins with so many audits. */
const firstAuditRate = 0.2;
const delta = 0.05;
const shownWithoutAny = 0.9;

/** Everything that does not change while the handle moves, made once from what the server sent. */
export function useReckoning(data: ThresholdData, contract: ContractView | null, looking: Looking) {
  const { outcomes, budget, hour, scale } = looking;
  const { columns, total } = data;
  const index = useMemo(() => indexScores(columns, total, { outcomes }), [columns, total, outcomes]);
  const means = useMemo(() => meansOf(data, hour), [data, hour]);
  const alpha = contract?.evidence.alpha ?? budget;
  const candidates = useMemo(
    () => contract?.evidence.thresholds.map(candidateOf) ?? rehearse(index, columns, { alpha, delta }),
    [contract, index, columns, alpha],
  );
  const why = useMemo(() => whyNot(candidates, { index, total, alpha }), [candidates, index, total, alpha]);
  const draft = looking.at ?? data.in_force.threshold ?? mostPermissive(candidates) ?? shownWithoutAny;
  return {
    index,
    means,
    alpha,
    candidates,
    why,
    draft,
    curve: useMemo(() => curveOf(index, means), [index, means]),
    bins: useMemo(() => histogramOf(index, columns, { outcomes }), [index, columns, outcomes]),
    reliability: useMemo(
      () => reliabilityOf(index, columns, { outcomes, scale }),
      [index, columns, outcomes, scale],
    ),
    segments: useMemo(() => segmentsOf(data, outcomes), [data, outcomes]),
    force: useMemo(() => forceOf(data, index, means), [data, index, means]),
  };
}
export type Reckoning = ReturnType<typeof useReckoning>;

function meansOf(data: ThresholdData, hour: number): Means {
  const { handling, in_force: force } = data;
  const { median_seconds: median, p25_seconds: p25, p75_seconds: p75 } = handling;
  return {
    weeks: spanDays(data) / 7,
    auditRate: force.level === "auto" ? force.audit_rate : firstAuditRate,
    handling: median === null || p25 === null || p75 === null ? null : { median, p25, p75 },
    costWrong: data.cost_wrong?.amount ?? null,
    costHour: hour * minorUnits(data.type.currency),
  };
}

/** Days the decisions came in over, a whole one at least: a pace needs time. */
export function spanDays({ from, to }: Pick<ThresholdData, "from" | "to">): number {
  const span = (Date.parse(to) - Date.parse(from)) / dayMs;
  return Math.max(1, Number.isNaN(span) ? 1 : span);
}

function forceOf(data: ThresholdData, index: ScoreIndex, means: Means) {
  const { threshold } = data.in_force;
  return threshold === null ? null : whatIf(index, threshold, means);
}

function mostPermissive(candidates: readonly Candidate[]): number | null {
  return candidates.findLast(({ certified }) => certified)?.threshold ?? null;
}
