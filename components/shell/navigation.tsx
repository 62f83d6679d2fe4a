"use client";

import Link from "next/link";
import { usePathname } from "next/navigation";
import type { ReactNode } from "react";
import { isWithin, type SectionId, sections } from "@/components/shell/sections";

export type NavigationProps = {
  ids: SectionId[];
  /** A live node beside a section; nothing is shown while it renders nothing. */
  badges?: Partial<Record<SectionId, ReactNode>>;
};

/** The list of sections; the same in the side column and the phone's drawer. */
export function Navigation({ ids, badges, onNavigate }: NavigationProps & { onNavigate?: () => void }) {
  const path = usePathname();
  return (
    <nav aria-label="Main">
      <ul className="flex flex-col gap-0.5">
        {ids.map((id) => {
          const { label, href, icon: Icon } = sections[id];
          const badge = badges?.[id];
          return (
            <li key={id}>
              <Link
                href={href}
                // Each prefetch would pass the gate and read a room's data: eight on every page.
                prefetch={false}
                onClick={onNavigate}
                aria-current={isWithin(path, href) ? "page" : undefined}
                className="flex h-8 items-center gap-2.5 rounded-control px-2.5 text-sm text-muted-foreground transition-colors hover:bg-surface-3 hover:text-foreground aria-[current=page]:bg-surface-3 aria-[current=page]:font-semibold aria-[current=page]:text-foreground max-md:h-12 pointer-coarse:h-12"
              >
                <Icon aria-hidden className="size-4 shrink-0" />
                <span className="grow truncate">{label}</span>
                {badge ? (
                  <span className="empty:hidden rounded-full bg-review-soft px-1.5 text-xs leading-5 font-semibold text-review-text tabular-nums">
                    {badge}
                  </span>
                ) : null}
              </Link>
            </li>
          );
        })}
      </ul>
    </nav>
  );
}
