import { StatTile } from "@/components/ui/stat-tile";
import type { ReviewerFigures, Share } from "@/lib/reviews/measures";
import { certaintyText, countsText, lookText, percentText } from "./share-words";

type Props = {
  figures: ReviewerFigures;
  /** Whose they are, at the head of a sentence: “You”, or “Reviewers”. */
  who: "You" | "Reviewers";
};

/** How rulings held up, one plain question a tile. */
export function FigureTiles({ figures, who }: Props) {
  const { sensitivity, specificity, agreement, kappa, overrides, look_seconds, rulings } = figures;
  const you = who === "You";
  return (
    <div className="grid gap-3 sm:grid-cols-2 xl:grid-cols-3">
      <ShareTile
        question="Wrong proposals noticed"
        share={sensitivity}
        population={`Of proposals known to be wrong, ${you ? "those you went" : "those that reviewers went"} against.${boundText(figures)}`}
      />
      <ShareTile
        question="Right proposals left standing"
        share={specificity}
        population={`Of proposals known to be right, ${you ? "those you let" : "those that reviewers let"} stand.`}
      />
      <ShareTile
        question={you ? "Colleagues who said the same" : "Second looks that said the same"}
        share={agreement}
        population={`The same case before two people, neither knowing of the other.${kappa ? ` Beyond chance (Cohen’s kappa): ${kappa.value.toFixed(2)}, ${kappa.lower.toFixed(2)} to ${kappa.upper.toFixed(2)}.` : ""}`}
      />
      <ShareTile
        question="Went against the model"
        share={overrides}
        population="Of ordinary verdicts. Neither much nor little is good by itself."
      />
      <StatTile
        question="Half of the looks took"
        value={look_seconds.p50 === null ? "Too few to say" : lookText(look_seconds.p50)}
        interval={look_seconds.p90 === null ? undefined : `nine in ten at most ${lookText(look_seconds.p90)}`}
        n={look_seconds.n}
        population="From opening a review to the verdict."
      />
      <StatTile
        question="Verdicts"
        value={rulings.toLocaleString("en")}
        population={`${you ? "Yours" : "All"} since ${figures.from.slice(0, 10)}, of the newest 20,000 rulings.`}
      />
    </div>
  );
}

function boundText({ sensitivity_bound: bound }: ReviewerFigures): string {
  return bound === null ? "" : ` At least ${Math.floor(bound * 100)} %, with 95 % certainty.`;
}

function ShareTile({ question, share, population }: { question: string; share: Share; population: string }) {
  return (
    <StatTile
      question={question}
      value={
        <>
          {share.n === 0 ? "–" : countsText(share)}
          {share.value === null ? null : (
            <span className="ms-2 text-base font-normal text-muted-foreground">
              {percentText(share.value)}
            </span>
          )}
        </>
      }
      interval={certaintyText(share)}
      population={population}
    />
  );
}
