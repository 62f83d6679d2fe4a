"use client";

import { Menu } from "lucide-react";
import dynamic from "next/dynamic";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { LogoMark } from "@/components/shell/logo";
import type { NavigationProps } from "@/components/shell/navigation";
import { sections } from "@/components/shell/sections";
import { useShortcuts } from "@/components/shell/shortcuts";
import { ThemeMenu } from "@/components/shell/theme-menu";
import { type ShellUser, UserMenu } from "@/components/shell/user-menu";
import { Button } from "@/components/ui/button";

const CheatSheet = dynamic(() =>
  import("@/components/shell/cheat-sheet").then((module) => module.CheatSheet),
);
const Drawer = dynamic(() => import("@/components/shell/drawer").then((module) => module.Drawer));

export type Environment = "production" | "demo" | "test";
type Props = NavigationProps & {
  orgName: string;
  environment: Environment;
  user: ShellUser;
  signOut: () => Promise<void>;
};

const ribbons = { demo: "Demo", test: "Test" };

/** The bar above every page, with the keys that lead to the sections. */
export function TopBar({ orgName, environment, user, signOut, ids, badges }: Props) {
  const router = useRouter();
  const [layer, setLayer] = useState<"none" | "keys" | "drawer">("none");
  useShortcuts("Everywhere", [
    { keys: "[Shift]+?", label: "Show this list", run: () => setLayer("keys") },
    ...ids.map((id) => ({
      keys: sections[id].keys,
      label: `Go to ${sections[id].label}`,
      run: () => router.push(sections[id].href),
    })),
  ]);
  const onOpenChange = (open: boolean) => setLayer((was) => (open ? was : "none"));
  return (
    <header className="sticky top-0 z-30 flex h-(--top-bar-height) items-center gap-2 border-b bg-background px-2 md:px-6">
      <Button
        variant="ghost"
        size="icon"
        aria-label="Open navigation"
        aria-haspopup="dialog"
        className="md:hidden"
        onClick={() => setLayer("drawer")}
      >
        <Menu aria-hidden />
      </Button>
      <LogoMark className="md:hidden" />
      <span className="min-w-0 truncate text-sm font-semibold">{orgName}</span>
      {environment === "production" ? null : (
        <span className="rounded-sm bg-review-soft px-1.5 text-2xs leading-5 font-semibold tracking-wide text-review-text uppercase">
          {ribbons[environment]}
        </span>
      )}
      <div className="ms-auto flex items-center gap-1">
        <ThemeMenu />
        <UserMenu user={user} signOut={signOut} onShowShortcuts={() => setLayer("keys")} />
      </div>
      {layer === "keys" ? <CheatSheet open onOpenChange={onOpenChange} /> : null}
      {layer === "drawer" ? <Drawer ids={ids} badges={badges} open onOpenChange={onOpenChange} /> : null}
    </header>
  );
}
