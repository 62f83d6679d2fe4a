"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import Link from "next/link";
import type { KeyboardEvent, MouseEvent } from "react";
import { NotificationLine } from "@/components/notices/notification-line";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { ErrorCard } from "@/components/ui/error-card";
import { SkeletonRows } from "@/components/ui/skeleton";
import { bellKey, latestNotifications, markNotifications } from "@/lib/notices/client";
import type { NotificationView } from "@/lib/notices/notifications";
import { BellRing } from "lucide-react";

/** The latest notifications under the bell. Arrow keys move, Escape closes. */
export function BellList() {
  const client = useQueryClient();
  const { data, error, refetch } = useQuery(latestNotifications());
  const { mutate: mark } = useMutation({
    mutationFn: markNotifications,
    onSettled: () => client.invalidateQueries({ queryKey: bellKey }),
  });
  const newest = data?.[0];
  const isUnread = data?.some(({ read_at }) => read_at === null) ?? false;
  return (
    <>
      <div className="flex min-h-11 shrink-0 items-center justify-between gap-2 border-b ps-4 pe-2">
        <h2 className="text-sm font-semibold">Notifications</h2>
        {newest && isUnread ? (
          <Button variant="ghost" size="sm" onClick={() => mark({ up_to: newest.id })}>
            Mark all as read
          </Button>
        ) : null}
      </div>
      <div className="min-h-0 grow overflow-y-auto">
        {error ? (
          <div className="p-4">
            <ErrorCard
              title="They could not be read"
              message={error.message}
              onRetry={() => void refetch()}
            />
          </div>
        ) : data === undefined ? (
          <div className="p-4">
            <SkeletonRows rows={4} label="Reading notifications" />
          </div>
        ) : (
          <Lines items={data} onFollow={(id) => mark({ ids: [id] })} />
        )}
      </div>
      <div className="flex shrink-0 items-center justify-between gap-2 border-t px-4 py-2 text-xs">
        <PanelLink href="/notifications">See all</PanelLink>
        <PanelLink href="/settings/notifications">What you are told</PanelLink>
      </div>
    </>
  );
}

function Lines({ items, onFollow }: { items: NotificationView[]; onFollow: (id: string) => void }) {
  if (items.length === 0) {
    return (
      <EmptyState title="Nothing yet" icon={BellRing} className="py-8">
        What needs you, and what went wrong, is told here.
      </EmptyState>
    );
  }
  return (
    <ul>
      {items.map((item) => (
        <li key={item.id} className="border-b last:border-0">
          <Link
            href={item.href}
            prefetch={false}
            onKeyDown={moveFocus}
            onClick={(event) => {
              if (item.read_at === null) onFollow(item.id);
              closePanel(event);
            }}
            className="block px-4 py-2.5 hover:bg-surface-3 focus-visible:-outline-offset-2"
          >
            <NotificationLine item={item} />
          </Link>
        </li>
      ))}
    </ul>
  );
}

function PanelLink({ href, children }: { href: string; children: string }) {
  return (
    <Link
      href={href}
      prefetch={false}
      onClick={closePanel}
      className="inline-flex min-h-6 items-center text-primary-text underline-offset-2 hover:underline pointer-coarse:min-h-12"
    >
      {children}
    </Link>
  );
}

function closePanel(event: MouseEvent<HTMLElement>): void {
  event.currentTarget.closest<HTMLElement>("[popover]")?.hidePopover();
}

function moveFocus(event: KeyboardEvent<HTMLElement>): void {
  if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
  const line = event.currentTarget.closest("li");
  const next = event.key === "ArrowDown" ? line?.nextElementSibling : line?.previousElementSibling;
  event.preventDefault();
  next?.querySelector("a")?.focus();
}
