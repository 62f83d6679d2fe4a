import type { ReactNode } from "react";

/** A titled part of a documentation page. */
export function DocsSection({ id, title, children }: { id: string; title: string; children: ReactNode }) {
  return (
    <section aria-labelledby={id} className="flex max-w-3xl min-w-0 flex-col gap-3 text-base">
      <h2 id={id} className="scroll-mt-16 text-md font-semibold">
        {title}
      </h2>
      {children}
    </section>
  );
}

/** A documentation page's title and first sentence. */
export function DocsHeader({ title, children }: { title: string; children: ReactNode }) {
  return (
    <header className="flex flex-col gap-2">
      <h1 className="text-lg font-semibold tracking-tight">{title}</h1>
      <p className="max-w-prose text-base text-muted-foreground">{children}</p>
    </header>
  );
}
