"use client";

import { usePathname } from "next/navigation";
import { LinkTabs } from "@/components/ui/tabs";

/** What there is to see of one app, as tabs. `pages` are parts of its address: `contracts`. */
export function AppTabs({ app, pages }: { app: string; pages: { part: string; label: string }[] }) {
  const path = usePathname();
  const own = `/apps/${app}`;
  const below = pages.map(({ part, label }) => {
    const href = `${own}/${part}`;
    return { href, label, current: path === href || path.startsWith(`${href}/`) };
  });
  return <LinkTabs label="App" tabs={[{ href: own, label: "App", current: path === own }, ...below]} />;
}
