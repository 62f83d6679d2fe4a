import { auditRateOf } from "@/lib/autonomy/audit-rate";
import { deploy, newFold, type Fold, type FoldTerms } from "@/lib/autonomy/fold";
import { foldTermsOf } from "@/lib/autonomy/fold-terms";
import { look, type Step } from "@/lib/autonomy/look";
import type { EpochCause, Terms } from "@/lib/autonomy/schema";
import { defaultTerms } from "@/lib/autonomy/terms";
import { autoOf, bins, confidenceOf } from "./curves";
import type { Control } from "./day";
import type { SimulatedTerms } from "./terms";

/** What the night's look came to: how tomorrow is run, and what took the autonomy back, if anything did. */
export type Decided = Control & { steppedDown: EpochCause | null };

/**
 * A contract with admins who sign whatever is offered to them, the same night: evidence in the product's own fold, looked
 * at by the product's own nightly look. Nothing ramps, so that a threshold is fully in force on the day after.
 */
export function openDesk(asked: SimulatedTerms, perDay: number) {
  const terms: Terms = { ...defaultTerms, ...asked, ramp: [1] };
  const grid = Array.from({ length: bins }, (_, bin) => confidenceOf(bin)).toReversed();
  const foldTerms = foldTermsOf(terms, { grid, sensitivity: null });
  if (!foldTerms) throw new Error("a grid was given");
  return new Desk(terms, foldTerms, perDay);
}

export class Desk {
  fold: Fold;
  #threshold: number | null = null;
  #auditRate = 1;

  constructor(
    readonly terms: Terms,
    readonly foldTerms: FoldTerms,
    readonly perDay: number,
  ) {
    this.fold = newFold(foldTerms);
  }

  /** The look at the end of a day; `last` is the id of the last decision folded. */
  decide({ day, last }: { day: string; last: string }): Decided {
    const steps = look({
      day,
      terms: this.terms,
      level: this.#threshold === null ? "review_all" : "auto",
      threshold: this.#threshold,
      auditRate: this.#auditRate,
      rampShare: 1,
      rampedOn: null,
      widenedOn: null,
      grid: this.foldTerms.grid,
      scores: [],
      evidence: { fold: this.fold, terms: this.foldTerms },
      autosPerDay: (threshold) => this.#autosPerDay(threshold),
      sensitivity: null,
      drift: null,
    });
    const down = steps.find((step) => step.kind === "step_down");
    if (down) this.#beginAnew();
    else for (const step of steps) this.#carryOut(step, { day, last });
    const auto = this.#threshold === null ? 0 : autoOf(this.#threshold);
    return { auto, auditRate: this.#auditRate, steppedDown: down?.cause ?? null };
  }

  #carryOut(step: Step, { day, last }: { day: string; last: string }): void {
    if (step.kind === "offer" || step.kind === "expand") {
      this.#threshold = step.threshold;
      const load = { audited: this.fold.audited, autosPerDay: this.#autosPerDay(step.threshold) };
      this.#auditRate = auditRateOf(this.terms, { ...load, drifted: false });
    } else if (step.kind === "audit_rate") this.#auditRate = step.rate;
    else return;
    const threshold = this.#threshold;
    if (threshold !== null) deploy(this.fold, { after: last, day, threshold, auditRate: this.#auditRate });
  }

  #beginAnew(): void {
    this.fold = newFold(this.foldTerms);
    this.#threshold = null;
    this.#auditRate = 1;
  }

  #autosPerDay(threshold: number): number {
    return (this.perDay * autoOf(threshold)) / bins;
  }
}

/** The UTC date of a simulated day, counted from 0. */
export const dateOf = (at: number) => new Date(Date.UTC(2026, 0, 1 + at)).toISOString().slice(0, 10);
