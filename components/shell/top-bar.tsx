"use client";

import { Menu, Search } from "lucide-react";
import dynamic from "next/dynamic";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { Bell } from "@/components/notices/bell";
import { LogoMark } from "@/components/shell/logo";
import type { NavigationProps } from "@/components/shell/navigation";
import type { PaletteDoors } from "@/components/shell/palette";
import { sections } from "@/components/shell/sections";
import { useShortcuts } from "@/components/shell/shortcuts";
import { ThemeMenu, toggleThemeMenu } from "@/components/shell/theme-menu";
import { useKeyOf } from "@/components/shell/keymap";
import { type ShellUser, UserMenu } from "@/components/shell/user-menu";
import { Button } from "@/components/ui/button";
import { isKeyId } from "@/lib/identity/key-map";

const CheatSheet = dynamic(
  () => import("@/components/shell/cheat-sheet").then((module) => module.CheatSheet),
  { loading: () => null },
);
const Palette = dynamic(() => import("@/components/shell/palette").then((module) => module.Palette), {
  loading: () => null,
});
const Drawer = dynamic(() => import("@/components/shell/drawer").then((module) => module.Drawer), {
  loading: () => null,
});

export type Environment = "production" | "demo" | "test";
type Props = NavigationProps & {
  orgName: string;
  environment: Environment;
  user: ShellUser;
  signOut: () => Promise<void>;
  /** What the command palette may ask of the server. */
  doors: PaletteDoors;
};

const ribbons = { demo: "Demo", test: "Test" };

/** The bar above every page, with the keys that lead to the sections. */
export function TopBar({ orgName, environment, user, signOut, ids, badges, doors }: Props) {
  const router = useRouter();
  const [layer, setLayer] = useState<"none" | "keys" | "drawer" | "palette">("none");
  const keyOf = useKeyOf();
  useShortcuts("Everywhere", [
    { id: "help", run: () => setLayer("keys") },
    { id: "palette", run: () => setLayer("palette") },
    { id: "search", run: () => focusSearch() || setLayer("palette") },
    { id: "theme", run: toggleThemeMenu },
    ...ids.flatMap((id) => {
      const key = `go.${id}`;
      return isKeyId(key) ? [{ id: key, run: () => router.push(sections[id].href) }] : [];
    }),
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
      <span className="min-w-0 truncate text-sm font-semibold max-sm:sr-only">{orgName}</span>
      {environment === "production" ? null : (
        <span className="rounded-sm bg-review-soft px-1.5 text-2xs leading-5 font-semibold tracking-wide text-review-text uppercase">
          {ribbons[environment]}
        </span>
      )}
      <div className="ms-auto flex items-center gap-1">
        <Button
          variant="ghost"
          aria-haspopup="dialog"
          shortcut={keyOf("palette")}
          className="max-md:size-12 max-md:px-0"
          onClick={() => setLayer("palette")}
        >
          <Search aria-hidden />
          <span className="sr-only">Search and commands</span>
        </Button>
        <Bell />
        <ThemeMenu />
        <UserMenu user={user} signOut={signOut} onShowShortcuts={() => setLayer("keys")} />
      </div>
      {layer === "keys" ? <CheatSheet open onOpenChange={onOpenChange} /> : null}
      {layer === "palette" ? <Palette ids={ids} doors={doors} open onOpenChange={onOpenChange} /> : null}
      {layer === "drawer" ? <Drawer ids={ids} badges={badges} open onOpenChange={onOpenChange} /> : null}
    </header>
  );
}

/** The page's own search field, where it has one. */
function focusSearch(): boolean {
  const field = document.querySelector<HTMLInputElement>("main input[type=search]");
  field?.focus();
  field?.select();
  return field !== null;
}
