"use client";

import * as Radix from "radix-ui/tabs";
import Link from "next/link";
import type { ComponentProps, ReactNode } from "react";
import { cn } from "@/components/ui/class-names";

export const Tabs = Radix.Root;

const list = "flex gap-1 overflow-x-auto border-b [scrollbar-width:none]";
const tab =
  "-mb-px inline-flex h-9 shrink-0 items-center gap-1.5 border-b-2 border-transparent px-3 text-sm text-muted-foreground hover:text-foreground focus-visible:-outline-offset-2 data-[state=active]:border-primary data-[state=active]:font-semibold data-[state=active]:text-foreground pointer-coarse:h-12";

export function TabsList({ className, ...props }: ComponentProps<typeof Radix.List>) {
  return <Radix.List className={cn(list, className)} {...props} />;
}

export function TabsTrigger({ className, ...props }: ComponentProps<typeof Radix.Trigger>) {
  return <Radix.Trigger className={cn(tab, className)} {...props} />;
}

export function TabsContent({ className, ...props }: ComponentProps<typeof Radix.Content>) {
  return <Radix.Content className={cn("pt-4", className)} {...props} />;
}

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
    </nav>
  );
}
