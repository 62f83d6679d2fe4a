import { cn } from "@/components/ui/class-names";
import { Time } from "@/components/ui/time";
import { Changed } from "@/components/reviews/history-panel";
import type { HistoryLine } from "@/lib/decisions/record";
import { historySentence } from "./history-words";

/** What happened to a decision, oldest first, with who and when. */
export function History({ lines }: { lines: HistoryLine[] }) {
  if (lines.length === 0) return <p className="text-sm text-muted-foreground">Nothing has happened yet.</p>;
  return (
    <ol className="flex flex-col">
      {lines.map(({ type, at, by, data }, index) => (
        <li
          // A line has no id of its own and never moves.
          key={`${type}${index}`}
          className="relative ms-1.5 border-s ps-4 pb-3 last:border-transparent last:pb-0"
        >
          <span
            aria-hidden
            className="absolute -start-[4.5px] top-1.5 size-2 rounded-full border-2 border-border-strong bg-surface"
          />
          <p className={cn("text-sm", type === "review.break_glass" && "font-semibold text-declined-text")}>
            {historySentence(type, data)}
          </p>
          <p className="text-xs text-muted-foreground">
            <Time at={at} />
            {by ? ` · ${by}` : null}
          </p>
          <Changed data={data} />
        </li>
      ))}
    </ol>
  );
}
