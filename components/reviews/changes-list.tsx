import { UntrustedInline } from "@/components/ui/untrusted-text";
import type { JsonValue } from "@/lib/kernel/json";

type Props = { changes: { pointer: string; before: JsonValue; after: JsonValue }[] };

/** Fields that differ, each as `/status open → refunded`; signs and words, not colour alone. */
export function ChangesList({ changes }: Props) {
  return (
    <ul className="flex flex-col gap-1">
      {changes.map(({ pointer, before, after }) => (
        <li key={pointer} className="flex flex-wrap items-baseline gap-x-2 text-sm">
          <code className="font-mono text-xs text-muted-foreground">
            <UntrustedInline text={pointer === "" ? "its whole state" : pointer} />
          </code>
          <del className="rounded-sm bg-declined-soft px-1.5 text-declined-text">
            <UntrustedInline text={textOf(before)} />
          </del>
          <span aria-hidden>→</span>
          <span className="sr-only">is now</span>
          <ins className="rounded-sm bg-approved-soft px-1.5 text-approved-text no-underline">
            <UntrustedInline text={textOf(after)} />
          </ins>
        </li>
      ))}
    </ul>
  );
}

function textOf(value: JsonValue): string {
  if (value === null) return "nothing";
  const text = typeof value === "string" ? value : JSON.stringify(value);
  return text.length > 200 ? `${text.slice(0, 199)}…` : text;
}
