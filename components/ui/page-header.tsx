import { ChevronLeft } from "lucide-react";
import Link from "next/link";
import type { ReactNode } from "react";

type Props = {
  title: ReactNode;
  /** One sentence: what this page answers. */
  description?: ReactNode;
  /** Badges beside the title. */
  badges?: ReactNode;
  actions?: ReactNode;
  back?: { href: string; label: string };
};

/** The page's only h1, with its actions. */
export function PageHeader({ title, description, badges, actions, back }: Props) {
  return (
    <header className="flex flex-col gap-1">
      {back ? (
        <Link
          href={back.href}
          className="-ms-1 inline-flex min-h-6 w-fit items-center gap-0.5 text-xs text-muted-foreground hover:text-foreground"
        >
          <ChevronLeft aria-hidden className="size-3.5 rtl:rotate-180" />
          {back.label}
        </Link>
      ) : null}
      {/* On a phone one reads what the page is before its buttons; beside each other, below both. */}
      <div className="flex flex-wrap items-start justify-between gap-x-4 gap-y-1">
        <div className="flex min-h-8 min-w-0 flex-wrap items-center gap-2 max-sm:basis-full">
          <h1 className="text-lg font-semibold tracking-tight text-balance">{title}</h1>
          {badges}
        </div>
        {description ? (
          <div className="basis-full sm:order-last">
            <p className="max-w-prose text-sm text-muted-foreground">{description}</p>
          </div>
        ) : null}
        {actions ? <div className="flex flex-wrap items-center gap-2 max-sm:pt-1">{actions}</div> : null}
      </div>
    </header>
  );
}
