import { type AutonomyDraft, autonomySentences } from "@/lib/apps/words";

/** What the settings mean, live while they are changed. */
export function AutonomySentence({ draft }: { draft: AutonomyDraft }) {
  return (
    <p aria-live="polite" className="rounded-control bg-surface-2 px-3 py-2 text-base">
      {autonomySentences(draft).join(" ")}
    </p>
  );
}
