import { CircleAlert } from "lucide-react";
import type { RuleProblemView } from "@/lib/policies/views";

/** The line of a rule that is wrong, with the place marked under it and how to write it. */
export function RuleProblemNote({ problem, source }: { problem: RuleProblemView; source: string }) {
  const { line, column, start, end, message, fix } = problem;
  const text = source.split("\n")[line - 1] ?? "";
  const length = Math.max(1, Math.min(end - start, text.length - column + 1));
  return (
    <div className="flex flex-col gap-1.5 rounded-control bg-declined-soft p-3 text-sm text-declined-text">
      <p className="flex items-start gap-2">
        <CircleAlert aria-hidden className="mt-0.5 size-4 shrink-0" />
        <span>
          Line {line}, column {column}: {message}. {fix}
        </span>
      </p>
      {text === "" ? null : (
        <pre aria-hidden className="overflow-x-auto font-mono text-xs">
          {text}
          {"\n"}
          {" ".repeat(column - 1)}
          {"^".repeat(length)}
        </pre>
      )}
    </div>
  );
}
