import { Time } from "@/components/ui/time";
import { formatConfidence } from "@/lib/kernel/confidence";
import type { ReviewView } from "@/lib/reviews/schema";
import { Fold } from "./fold";

type Props = Pick<ReviewView, "confidence" | "calibrated">;

/** How sure the model says it is, and what that has been worth here; never a bare percentage. */
export function Confidence({ confidence, calibrated }: Props) {
  if (confidence === null) return <p className="text-sm text-muted-foreground">It gave no confidence.</p>;
  const said = (
    <span className="font-semibold text-foreground tabular-nums">{formatConfidence(confidence)}</span>
  );
  if (calibrated?.kind !== "calibrated") {
    return (
      <p className="text-sm text-muted-foreground">
        It says {said}, as if {saidOf100(confidence)} of 100 like this were right. Not calibrated yet: that is
        the model’s own claim
        {calibrated ? `, and only ${calibrated.n} of ${calibrated.needed} answers are known` : null}.
      </p>
    );
  }
  const { value, map } = calibrated;
  const right = of100(value);
  return (
    <div className="flex flex-col gap-1.5">
      <p className="text-base">
        <strong className="font-semibold">{naturalWords(value)}</strong>
        <span className="text-muted-foreground">
          {map && calibrated.n_alike === 0
            ? "; none with about this confidence has an answer yet."
            : `; most likely ${of100(calibrated.lower)} to ${of100(calibrated.upper)}.`}
        </span>
      </p>
      <Hundred right={right} />
      <p className="text-sm text-muted-foreground">
        The model itself says {said}. Known from {calibrated.n.toLocaleString("en")} answers
        {map ? (
          <>
            : calibration map {map.number}, fitted <Time at={map.fitted_at} />.
          </>
        ) : (
          <>, {calibrated.n_alike.toLocaleString("en")} of them about as sure.</>
        )}
      </p>
      <Fold title="How it is known">Calibrated by {calibrated.method}.</Fold>
    </div>
  );
}

/** Cut as the figure beside it is, so that 0.93 never reads as 94. */
const saidOf100 = (confidence: number) =>
  confidence > 0.99 ? "more than 99" : Math.floor(confidence * 100 + 1e-9);

const of100 = (share: number) => Math.round(share * 100);

/** Never a certainty: what was right every time so far is "more than 99". */
function naturalWords(value: number): string {
  if (value > 0.995) return "More than 99 of 100 like this were right";
  if (value < 0.005) return "Fewer than 1 of 100 like this were right";
  return `${of100(value)} of 100 like this were right`;
}

/** A hundred cases as a bar; the words above say the same. */
function Hundred({ right }: { right: number }) {
  return (
    <div aria-hidden className="flex h-2 overflow-hidden rounded-full border bg-surface-3">
      <div className="bg-primary" style={{ width: `${right}%` }} />
    </div>
  );
}
