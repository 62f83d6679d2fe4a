"use client";

import { useQueryClient } from "@tanstack/react-query";
import { BellRing } from "lucide-react";
import Link from "next/link";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { NotificationLine } from "@/components/notices/notification-line";
import { Button } from "@/components/ui/button";
import { ButtonLink } from "@/components/ui/button-link";
import { EmptyState } from "@/components/ui/empty-state";
import { useToast } from "@/components/ui/toast";
import { bellKey, markNotifications } from "@/lib/notices/client";
import type { NotificationView } from "@/lib/notices/notifications";

type Props = { items: NotificationView[]; nextHref?: string; unreadOnly: boolean };

/** Everything a person was told, a page at a time. */
export function NotificationsList({ items, nextHref, unreadOnly }: Props) {
  const router = useRouter();
  const client = useQueryClient();
  const { toast } = useToast();
  const [pending, setPending] = useState(false);
  async function mark(input: Parameters<typeof markNotifications>[0]): Promise<void> {
    setPending(true);
    try {
      await markNotifications(input);
      await client.invalidateQueries({ queryKey: bellKey });
      router.refresh();
    } catch (error) {
      toast({ tone: "error", title: "Nothing was marked", description: String(error) });
    }
    setPending(false);
  }
  const [newest] = items;
  if (!newest) {
    return (
      <EmptyState title={unreadOnly ? "All read" : "Nothing yet"} icon={BellRing}>
        {unreadOnly
          ? "There is nothing you have not read."
          : "What needs you, and what went wrong, is told here."}
      </EmptyState>
    );
  }
  const unread = items.some(({ read_at }) => read_at === null);
  return (
    <div className="flex flex-col gap-3">
      {unread ? (
        <Button className="self-end" pending={pending} onClick={() => void mark({ up_to: newest.id })}>
          Mark all as read
        </Button>
      ) : null}
      <ul aria-label="Notifications" className="overflow-hidden rounded-card border bg-card">
        {items.map((item) => (
          <li key={item.id} className="flex items-center border-b last:border-0 hover:bg-surface-2">
            <Link
              href={item.href}
              prefetch={false}
              onClick={() => item.read_at === null && void markNotifications({ ids: [item.id] })}
              className="min-w-0 grow px-4 py-3 focus-visible:-outline-offset-2"
            >
              <NotificationLine item={item} />
            </Link>
            {item.read_at === null ? (
              <Button
                variant="ghost"
                size="sm"
                className="me-2 max-md:hidden"
                disabled={pending}
                aria-label={`Mark as read: ${item.title}`}
                onClick={() => void mark({ ids: [item.id] })}
              >
                Mark as read
              </Button>
            ) : null}
          </li>
        ))}
      </ul>
      {nextHref ? (
        <ButtonLink href={nextHref} className="self-center">
          Older
        </ButtonLink>
      ) : null}
    </div>
  );
}
