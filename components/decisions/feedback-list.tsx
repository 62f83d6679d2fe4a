import { Badge } from "@/components/ui/badge";
import { Time } from "@/components/ui/time";
import { UntrustedText } from "@/components/ui/untrusted-text";
import type { FeedbackView } from "@/lib/feedback/schema";

/** What was said of a decision, newest first. */
export function FeedbackList({ items }: { items: FeedbackView[] }) {
  if (items.length === 0)
    return <p className="text-sm text-muted-foreground">Nobody has said anything yet.</p>;
  return (
    <ul className="flex flex-col gap-3">
      {items.map(({ id, source, vote, text, cause, created_at }) => (
        <li key={id} className="flex flex-col gap-1 border-b pb-3 last:border-0 last:pb-0">
          <p className="flex flex-wrap items-center gap-2 text-xs text-muted-foreground">
            {vote ? (
              <Badge tone={vote === "up" ? "approved" : "declined"}>{vote === "up" ? "Good" : "Bad"}</Badge>
            ) : null}
            {cause ? <Badge look="outline">{cause}</Badge> : null}
            <span>{source.replaceAll("_", " ")}</span>
            <Time at={created_at} />
          </p>
          {text ? <UntrustedText text={text} cap={500} /> : null}
        </li>
      ))}
    </ul>
  );
}
