"use client";

import { useQuery } from "@tanstack/react-query";
import { Bell as BellIcon } from "lucide-react";
import dynamic from "next/dynamic";
import { useId, useState } from "react";
import { useLive } from "@/components/reviews/use-live";
import { useSettled } from "@/components/shell/use-settled";
import { Button } from "@/components/ui/button";
import { bellEvent, bellKey, unreadCount } from "@/lib/notices/client";

// Most pages are left without opening it: the list is fetched with the first look.
const BellList = dynamic(() => import("@/components/notices/bell-list").then((module) => module.BellList), {
  loading: () => null,
});

const most = 99;

/** What the person was told, and how much of it is unread; it hears of news by itself. */
export function Bell() {
  const id = useId();
  const [opened, setOpened] = useState(false);
  useLive([{ events: bellEvent, queryKey: bellKey }]);
  const { data: unread = 0 } = useQuery({ ...unreadCount(), enabled: useSettled() });
  const label =
    unread > 0 ? `Notifications, ${unread > most ? `more than ${most}` : unread} unread` : "Notifications";
  return (
    <>
      <Button variant="ghost" size="icon" aria-label={label} popoverTarget={id} className="relative">
        <BellIcon aria-hidden />
        {unread > 0 ? (
          <span
            aria-hidden
            className="absolute end-0 top-0 min-w-4 rounded-full bg-primary px-1 text-center text-2xs leading-4 font-semibold text-primary-foreground tabular-nums pointer-coarse:end-1.5 pointer-coarse:top-1.5"
          >
            {unread > most ? `${most}+` : unread}
          </span>
        ) : null}
      </Button>
      <div
        id={id}
        popover="auto"
        role="group"
        aria-label="Notifications"
        onToggle={(event) => event.newState === "open" && setOpened(true)}
        className="fixed inset-auto end-2 top-[calc(var(--top-bar-height)+4px)] m-0 w-96 max-w-[calc(100vw-1rem)] overflow-hidden rounded-card border bg-popover p-0 text-sm text-popover-foreground shadow-floating open:flex open:max-h-[min(36rem,calc(100dvh-var(--top-bar-height)-1rem))] open:animate-fade-in open:flex-col md:end-6"
      >
        {opened ? <BellList /> : null}
      </div>
    </>
  );
}
