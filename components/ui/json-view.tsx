import { ChevronRight } from "lucide-react";
import { cn } from "@/components/ui/class-names";
import { UntrustedInline } from "@/components/ui/untrusted-text";
import type { JsonValue } from "@/lib/kernel/json";

const mostEntries = 200;
const deepest = 30;

function Leaf({ value }: { value: string | number | boolean | null }) {
  if (typeof value === "string") {
    return (
      <span className="text-approved-text">
        “
        <UntrustedInline
          text={value.length > 4000 ? `${value.slice(0, 4000)}…` : value}
          className="whitespace-pre-wrap"
        />
        ”
      </span>
    );
  }
  return <span className="text-primary-text">{String(value)}</span>;
}

type NodeProps = { name?: string; value: JsonValue; depth: number; openTo: number };

function Node({ name, value, depth, openTo }: NodeProps) {
  const label =
    name === undefined ? null : (
      <span className="text-muted-foreground">
        <UntrustedInline text={name} />:{" "}
      </span>
    );
  if (value === null || typeof value !== "object") {
    return (
      <div className="ps-4 wrap-anywhere">
        {label}
        <Leaf value={value} />
      </div>
    );
  }
  const isList = Array.isArray(value);
  const entries: [string, JsonValue][] = isList
    ? value.map((item, at) => [String(at), item])
    : Object.entries(value);
  const size = isList ? `[${entries.length}]` : `{${entries.length}}`;
  if (entries.length === 0 || depth >= deepest) {
    return (
      <div className="ps-4">
        {label}
        <span className="text-subtle-foreground">
          {depth >= deepest ? `${size} too deep to show` : isList ? "[]" : "{}"}
        </span>
      </div>
    );
  }
  return (
    <details open={depth < openTo} className="group/json">
      <summary className="flex min-h-6 list-none items-center rounded-sm hover:bg-surface-3">
        <ChevronRight
          aria-hidden
          className="size-4 shrink-0 text-subtle-foreground [details[open]>summary>&]:rotate-90"
        />
        <span className="min-w-0 wrap-anywhere">
          {label}
          <span className="text-subtle-foreground">{size}</span>
        </span>
      </summary>
      <div className="ms-2 border-s ps-1">
        {entries.slice(0, mostEntries).map(([key, item]) => (
          <Node key={key} name={key} value={item} depth={depth + 1} openTo={openTo} />
        ))}
        {entries.length > mostEntries ? (
          <div className="ps-4 text-subtle-foreground">… {entries.length - mostEntries} more</div>
        ) : null}
      </div>
    </details>
  );
}

type Props = {
  value: JsonValue;
  /** How many levels start open. */
  openTo?: number;
  className?: string;
};

/** JSON as a tree that folds; keys and strings are hostile text and shown as such. */
export function JsonView({ value, openTo = 2, className }: Props) {
  return (
    <div className={cn("min-w-0 font-mono text-xs leading-6", className)}>
      <Node value={value} depth={0} openTo={openTo} />
    </div>
  );
}
