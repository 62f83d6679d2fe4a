import type { Metadata } from "next";
import { LiveRefresh } from "@/components/execution/live-refresh";
import { NotificationsList } from "@/components/notices/notifications-list";
import { Page } from "@/components/ui/page";
import { PageHeader } from "@/components/ui/page-header";
import { LinkTabs } from "@/components/ui/tabs";
import { userContext } from "@/lib/identity/server/user-context";
import { listNotifications } from "@/lib/notices/server/list-notifications";

export const metadata: Metadata = { title: "Notifications" };

type Search = { show?: string | string[]; after?: string | string[] };

export default async function NotificationsPage({ searchParams }: { searchParams: Promise<Search> }) {
  const ctx = await userContext();
  const { show, after } = await searchParams;
  const unread = show === "unread";
  const list = await listNotifications(ctx, {
    limit: 50,
    unread,
    starting_after: typeof after === "string" ? after : undefined,
  });
  const next = new URLSearchParams({
    ...(unread ? { show: "unread" } : {}),
    after: list.data.at(-1)?.id ?? "",
  });
  return (
    <Page width="reading">
      <LiveRefresh events={["notification."]} />
      <PageHeader title="Notifications" description="What you were told, newest first." />
      <LinkTabs
        label="Which notifications"
        tabs={[
          { href: "/notifications", label: "All", current: !unread },
          { href: "/notifications?show=unread", label: "Unread", current: unread },
        ]}
      />
      <NotificationsList
        items={list.data}
        unreadOnly={unread}
        nextHref={list.has_more ? `/notifications?${next.toString()}` : undefined}
      />
    </Page>
  );
}
