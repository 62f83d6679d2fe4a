import { cn } from "@/components/ui/class-names";
import { CopyButton } from "@/components/ui/copy-button";

type Props = { code: string; label: string; className?: string };

/** Code to read and copy; ours only, hostile text goes through `UntrustedText`. */
export function CodeBlock({ code, label, className }: Props) {
  return (
    <figure className={cn("overflow-hidden rounded-card border bg-surface-2", className)}>
      <figcaption className="flex h-8 items-center justify-between border-b ps-3 pe-1 text-xs text-muted-foreground">
        {label}
        <CopyButton value={code} label={`Copy ${label}`} />
      </figcaption>
      {/* Focusable, so that a long line can be scrolled by keyboard. */}
      <pre tabIndex={0} aria-label={label} role="region" className="overflow-x-auto p-3 font-mono text-xs">
        <code>{code}</code>
      </pre>
    </figure>
  );
}
