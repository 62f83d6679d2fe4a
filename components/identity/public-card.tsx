import type { ReactNode } from "react";

type Props = { title: string; description?: ReactNode; children: ReactNode };

/** The one card of a page before sign-in, with the page's h1. */
export function PublicCard({ title, description, children }: Props) {
  return (
    <div className="flex flex-col gap-5 rounded-dialog border bg-card p-6">
      <div className="flex flex-col gap-1">
        <h1 className="text-lg font-semibold tracking-tight">{title}</h1>
        {description ? <p className="text-sm text-muted-foreground">{description}</p> : null}
      </div>
      {children}
    </div>
  );
}
