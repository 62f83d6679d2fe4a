"use client";

import { usePathname } from "next/navigation";
import { LinkTabs } from "@/components/ui/tabs";

/** The settings pages this person may open, as tabs. */
export function SettingsTabs({ pages }: { pages: { href: string; label: string }[] }) {
  const path = usePathname();
  const tabs = pages.map(({ href, label }) => ({ href, label, current: path.startsWith(href) }));
  return <LinkTabs label="Settings" tabs={tabs} />;
}
