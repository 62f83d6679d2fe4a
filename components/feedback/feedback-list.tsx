import { Badge } from "@/components/ui/badge";
import { JsonView } from "@/components/ui/json-view";
import { Time } from "@/components/ui/time";
import { UntrustedText } from "@/components/ui/untrusted-text";
import type { EvidencePart, EvidenceSpan } from "@/lib/feedback/evidence";
import type { FeedbackView } from "@/lib/feedback/schema";
import { pointerWords } from "@/lib/kernel/field-words";

/** What was said of a decision, newest first. */
export function FeedbackList({ items }: { items: FeedbackView[] }) {
  if (items.length === 0)
    return <p className="text-sm text-muted-foreground">Nobody has said anything yet.</p>;
  return (
    <ul className="flex flex-col gap-3">
      {items.map((item) => (
        <li key={item.id} className="flex min-w-0 flex-col gap-2 border-b pb-3 last:border-0 last:pb-0">
          <Head item={item} />
          {item.text ? <UntrustedText text={item.text} cap={500} /> : null}
          {item.evidence.map((span) => (
            <Quote key={`${span.part}${span.pointer}${span.start}-${span.end}`} span={span} />
          ))}
          {item.correction ? (
            <section className="flex min-w-0 flex-col gap-1">
              <h3 className="text-xs font-semibold text-muted-foreground">What would have been right</h3>
              <JsonView value={item.correction} openTo={2} />
            </section>
          ) : null}
        </li>
      ))}
    </ul>
  );
}

function Head({
  item: { vote, score, cause, source, link_id, replaced_by, withdrawn_at, created_at },
}: {
  item: FeedbackView;
}) {
  return (
    <p className="flex flex-wrap items-center gap-2 text-xs text-muted-foreground">
      {vote ? (
        <Badge tone={vote === "up" ? "approved" : "declined"}>{vote === "up" ? "Good" : "Bad"}</Badge>
      ) : null}
      {score === null ? null : <Badge look="outline">Score {score}</Badge>}
      {cause ? <Badge look="outline">{cause}</Badge> : null}
      {replaced_by ? <Badge tone="idle">Changed later</Badge> : null}
      {withdrawn_at ? <Badge tone="idle">Taken back</Badge> : null}
      <span>
        {source.replaceAll("_", " ")}
        {link_id ? ", over a link" : ""}
      </span>
      <Time at={created_at} />
    </p>
  );
}

const parts: Record<EvidencePart, string> = {
  input: "Input",
  context: "Context",
  arguments: "Arguments",
  rationale: "Rationale",
};

/** Where words stand, as people and pointers say it. */
export function placeWords({ part, pointer }: Pick<EvidenceSpan, "part" | "pointer">): string {
  return pointer === "" ? parts[part] : `${parts[part]} › ${pointerWords(pointer)}`;
}

function Quote({ span }: { span: EvidenceSpan }) {
  return (
    <figure className="flex min-w-0 flex-col gap-0.5 border-s-2 border-primary ps-3">
      <blockquote>
        <mark className="rounded-sm bg-primary-soft text-foreground">
          <UntrustedText text={span.quote} cap={500} />
        </mark>
      </blockquote>
      <figcaption className="text-2xs wrap-anywhere text-muted-foreground">{placeWords(span)}</figcaption>
    </figure>
  );
}
