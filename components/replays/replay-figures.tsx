import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { formatMoney } from "@/components/ui/money-text";
import { StatTile } from "@/components/ui/stat-tile";
import type { ReplayResult, ReplayView } from "@/lib/autonomy/replay-views";
import {
  count,
  figure,
  hoursWords,
  unknownWords,
  wrongInterval,
  wrongWords,
} from "@/lib/autonomy/replay-words";
import { counted } from "@/lib/kernel/counted";

type Props = { replay: ReplayView; result: ReplayResult };

/** What the draft would have saved and cost, beside what was; and what no figure can say. */
export function ReplayFigures({ replay, result }: Props) {
  const { now, draft, hours, reviews, audits, loss, decisions } = result;
  const percent = (part: number) => `${figure((part / decisions) * 100)} %`;
  return (
    <>
      <div className="grid gap-4 sm:grid-cols-2 xl:grid-cols-4">
        <StatTile
          question="How much would run alone?"
          value={percent(draft.alone)}
          interval={`it was ${percent(now.alone)}`}
          n={decisions}
          population={`${counted(draft.executed, "decision")} carried out, ${count(draft.alone - draft.executed)} ended without acting`}
        />
        <StatTile
          question="How many of those would be wrong?"
          value={wrongWords(draft)}
          interval={wrongInterval(draft)}
          population={`It was ${wrongWords(now)}. From ${counted(draft.known, "ruling or outcome", "rulings and outcomes")} and ${counted(draft.judged, "random audit")}, each weighted by one over the chance it was drawn with`}
        />
        <StatTile
          question="What does that mean for reviewers?"
          value={hoursWords(result)}
          interval={`${figure(hours.was)} h → ${figure(hours.would)} h a week`}
          tone={hours.would < hours.was ? "good" : hours.would > hours.was ? "bad" : "neutral"}
          population={`${count(reviews.was)} → ${counted(reviews.would, "review")} at the median time a review takes${
            hours.unmeasured > 0 ? `; ${count(hours.unmeasured)} of types nobody has timed are left out` : ""
          }`}
        />
        <StatTile
          question="And for auditors?"
          value={`${count(audits.was)} → ${count(audits.would)}`}
          interval={`${figure(audits.would / result.weeks)} audits a week`}
          population={
            replay.draft.kind === "threshold"
              ? `To be expected at ${figure(replay.draft.audit_rate * 100)} % of what runs alone`
              : "Of those drawn then, the ones that would still run alone"
          }
        />
      </div>
      {loss.length > 0 ? <Losses loss={loss} /> : null}
      <NotKnown result={result} replay={replay} />
    </>
  );
}

function Losses({ loss }: Pick<ReplayResult, "loss">) {
  return (
    <div className="grid gap-4 sm:grid-cols-2">
      {loss.map(({ currency, now, draft }) => {
        const money = (amount: number) => formatMoney(Math.round(amount), currency);
        return (
          <StatTile
            key={currency}
            question={`What would mistakes have cost? (${currency})`}
            value={money(draft.value)}
            interval={
              draft.lower === draft.upper
                ? `it was ${money(now.value)}`
                : `95 % interval ${money(draft.lower)} to ${money(draft.upper)}; it was ${money(now.value)}`
            }
            population={`Over the whole period, from what each type says a mistake costs${
              draft.worst > draft.upper
                ? `; up to ${money(draft.worst)} if all that nobody knows was wrong`
                : ""
            }`}
          />
        );
      })}
    </div>
  );
}

function NotKnown({ result, replay }: { result: ReplayResult; replay: ReplayView }) {
  const sentences = [
    unknownWords(result.draft),
    result.unanswered > 0
      ? `Of ${counted(result.unanswered, "decision")}, the draft asks for history, which is not kept as it was then: they are shown where they went.`
      : null,
    result.in_shadow > 0 && replay.draft.kind === "threshold"
      ? `${counted(result.in_shadow, "decision")} were recorded in shadow, where no policy was asked: none is held against them here.`
      : null,
    replay.draft.kind === "threshold"
      ? "Stops, policies and findings are those that held then; the amount cap is today's. What people would have done otherwise with less to review is not in any figure."
      : "Only this policy's own rules were exchanged: thresholds, stops and other policies are those that held then.",
  ].filter((sentence) => sentence !== null);
  return (
    <Card aria-labelledby="not-known">
      <CardHeader
        id="not-known"
        title={result.draft.unknown > 0 ? "What nobody can know from this" : "How to read this"}
      />
      <CardBody className="flex max-w-prose flex-col gap-2 text-sm">
        {result.draft.unknown > 0 ? <Band result={result} /> : null}
        {sentences.map((sentence) => (
          <p key={sentence}>{sentence}</p>
        ))}
      </CardBody>
    </Card>
  );
}

/** Known, and what may be anything, of all that would run alone; the words below say the same. */
function Band({ result: { draft } }: { result: ReplayResult }) {
  const share = (value: number) => `${(value / Math.max(1, draft.alone)) * 100}%`;
  const top = draft.wrong?.upper ?? 0;
  return (
    <div aria-hidden className="flex h-3 w-full overflow-hidden rounded-full border bg-surface-3">
      <div className="bg-declined" style={{ width: share(top) }} />
      <div
        className="bg-declined-soft [background-image:repeating-linear-gradient(135deg,var(--declined)_0_1px,transparent_1px_6px)]"
        style={{ width: share(draft.unknown) }}
      />
    </div>
  );
}
