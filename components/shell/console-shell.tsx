import type { ReactNode } from "react";
import { JobTray } from "@/components/shell/job-tray";
import { Logo } from "@/components/shell/logo";
import { Navigation } from "@/components/shell/navigation";
import { OfflineBanner } from "@/components/shell/offline-banner";
import type { PaletteDoors } from "@/components/shell/palette";
import type { SaveKeymapAction } from "@/components/shell/keymap";
import type { SectionId } from "@/components/shell/sections";
import { ShellProviders } from "@/components/shell/shell-providers";
import { type Environment, TopBar } from "@/components/shell/top-bar";
import type { ShellUser } from "@/components/shell/user-menu";
import type { Keymap } from "@/lib/identity/key-map";

type Props = {
  orgName: string;
  environment: Environment;
  user: ShellUser;
  /** The sections this person may open, in order. */
  sections: SectionId[];
  /** A live node beside a section. */
  badges?: Partial<Record<SectionId, ReactNode>>;
  /** Above every page while automation is stopped. */
  banner?: ReactNode;
  /** A server action. */
  signOut: () => Promise<void>;
  /** The person's own keys, and the server action that keeps them. */
  keymap: Keymap;
  saveKeymap: SaveKeymapAction;
  doors: PaletteDoors;
  children: ReactNode;
};

/** The signed-in area: navigation, top bar, banner and the page. */
export function ConsoleShell({
  orgName,
  environment,
  user,
  sections,
  badges,
  banner,
  signOut,
  keymap,
  saveKeymap,
  doors,
  children,
}: Props) {
  return (
    <ShellProviders keymap={keymap} saveKeymap={saveKeymap}>
      <a
        href="#main"
        className="fixed start-2 top-2 z-60 -translate-y-16 rounded-control bg-primary px-3 py-2 text-sm font-semibold text-primary-foreground focus:translate-y-0"
      >
        Skip to content
      </a>
      <div className="min-h-dvh md:grid md:grid-cols-[13.5rem_minmax(0,1fr)]">
        <aside
          aria-label="Countersign"
          className="sticky top-0 hidden h-dvh flex-col gap-3 overflow-y-auto border-e bg-surface px-3 pb-4 md:flex"
        >
          <div className="flex h-(--top-bar-height) shrink-0 items-center px-1">
            <Logo />
          </div>
          <Navigation ids={sections} badges={badges} />
        </aside>
        {/* A page that fills the window ends where it ends, whatever banners stand above it. */}
        <div className="flex min-h-dvh min-w-0 flex-col xl:has-data-fills-window:h-dvh">
          <TopBar
            orgName={orgName}
            environment={environment}
            user={user}
            signOut={signOut}
            ids={sections}
            badges={badges}
            doors={doors}
          />
          <OfflineBanner />
          {banner}
          <main
            id="main"
            tabIndex={-1}
            className="flex min-w-0 grow flex-col outline-none xl:has-data-fills-window:min-h-0 xl:has-data-fills-window:basis-0"
          >
            {children}
          </main>
        </div>
      </div>
      <JobTray />
    </ShellProviders>
  );
}
