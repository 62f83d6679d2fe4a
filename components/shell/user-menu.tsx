"use client";

import { Keyboard, LogOut } from "lucide-react";
import { useTransition } from "react";
import { CornerPanel, panelRow } from "@/components/shell/corner-panel";

export type ShellUser = { name: string; email: string; role: string };

function initialsOf(name: string): string {
  const words = name.trim().split(/\s+/);
  return [words[0], words.length > 1 ? words.at(-1) : undefined]
    .map((word) => word?.slice(0, 1).toUpperCase() ?? "")
    .join("");
}

type Props = { user: ShellUser; signOut: () => Promise<void>; onShowShortcuts: () => void };

/** Who is signed in, the key list, and the way out. */
export function UserMenu({ user, signOut, onShowShortcuts }: Props) {
  const [leaving, startLeaving] = useTransition();
  const initials = initialsOf(user.name);
  const trigger = (
    <span
      aria-hidden
      className="inline-flex size-7 items-center justify-center rounded-full bg-primary-soft text-2xs font-semibold text-primary-text"
    >
      {initials}
    </span>
  );
  return (
    <CornerPanel label={`${initials}, account of ${user.name}`} trigger={trigger} pending={leaving}>
      <div className="flex flex-col px-2 py-1 text-xs text-muted-foreground">
        <span className="text-sm font-semibold text-foreground">{user.name}</span>
        <span className="truncate">{user.email}</span>
        <span className="capitalize">{user.role}</span>
      </div>
      <hr className="-mx-1.5 my-1" />
      <button
        type="button"
        className={panelRow}
        onClick={(event) => leave(event.currentTarget, onShowShortcuts)}
      >
        <Keyboard aria-hidden /> Keyboard shortcuts
      </button>
      <button
        type="button"
        className={panelRow}
        onClick={(event) => leave(event.currentTarget, () => startLeaving(signOut))}
      >
        <LogOut aria-hidden /> Sign out
      </button>
    </CornerPanel>
  );
}

/** Closes the panel around a row, then does what the row says. */
function leave(row: HTMLElement, act: () => void) {
  row.closest<HTMLElement>("[popover]")?.hidePopover();
  act();
}
