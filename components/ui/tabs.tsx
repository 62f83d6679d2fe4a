import Link from "next/link";
import type { ReactNode } from "react";
import { CurrentInView } from "@/components/ui/current-in-view";

const list = "flex shrink-0 gap-1 overflow-x-auto border-b [scrollbar-width:none]";
const tab =
  "-mb-px inline-flex h-9 shrink-0 items-center gap-1.5 border-b-2 border-transparent px-3 text-sm text-muted-foreground hover:text-foreground focus-visible:-outline-offset-2 data-[state=active]:border-primary data-[state=active]:font-semibold data-[state=active]:text-foreground pointer-coarse:h-12";

type LinkTab = { href: string; label: ReactNode; count?: number; current: boolean };

/** Tabs that are pages: each has its own address. */
export function LinkTabs({ label, tabs }: { label: string; tabs: LinkTab[] }) {
  return (
    <nav aria-label={label} className={list}>
      {tabs.map(({ href, label: name, count, current }) => (
        <Link
          key={href}
          href={href}
          aria-current={current ? "page" : undefined}
          data-state={current ? "active" : "inactive"}
          className={tab}
        >
          {name}
          {count === undefined ? null : (
            <span className="text-xs font-normal text-muted-foreground">{count}</span>
          )}
        </Link>
      ))}
      <CurrentInView />
    </nav>
  );
}
