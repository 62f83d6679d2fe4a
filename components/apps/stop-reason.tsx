/** About three lines of a phone. */
const shortest = 120;

/** Why something was stopped: whole where it is short, else its beginning, and the rest for who asks. */
export function StopReason({ text }: { text: string }) {
  if (text.length <= shortest) return <span className="wrap-anywhere">{text}</span>;
  return (
    <details className="group/reason inline wrap-anywhere">
      <summary className="inline list-none rounded-sm [&::-webkit-details-marker]:hidden">
        <span className="group-open/reason:hidden">{text.slice(0, shortest).toWellFormed().trimEnd()}… </span>
        <span className="inline-block min-h-6 underline">
          <span className="group-open/reason:hidden">Whole reason</span>
          <span className="hidden group-open/reason:inline">Shorter</span>
        </span>
      </summary>{" "}
      <span>{text}</span>
    </details>
  );
}
