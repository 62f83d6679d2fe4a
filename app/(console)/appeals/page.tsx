import type { Metadata } from "next";
import { LiveRefresh } from "@/components/execution/live-refresh";
import { AppealsTable } from "@/components/notices/appeals-table";
import { Page } from "@/components/ui/page";
import { PageHeader } from "@/components/ui/page-header";
import { LinkTabs } from "@/components/ui/tabs";
import { userContext } from "@/lib/identity/server/user-context";
import { listAppeals } from "@/lib/notices/server/list-appeals";

export const metadata: Metadata = { title: "Appeals" };

type Search = { show?: string | string[]; after?: string | string[] };

export default async function AppealsPage({ searchParams }: { searchParams: Promise<Search> }) {
  const ctx = await userContext();
  const { show, after } = await searchParams;
  const waiting = show !== "all";
  const list = await listAppeals(ctx, {
    limit: 50,
    status: waiting ? "submitted" : undefined,
    starting_after: typeof after === "string" ? after : undefined,
  });
  const next = new URLSearchParams({
    ...(waiting ? {} : { show: "all" }),
    after: list.data.at(-1)?.id ?? "",
  });
  return (
    <Page>
      <LiveRefresh events={["appeal."]} />
      <PageHeader
        title="Appeals"
        description="What people say of decisions about them. Somebody who had no part in the decision answers."
      />
      <LinkTabs
        label="Which appeals"
        tabs={[
          { href: "/appeals", label: "Waiting", current: waiting },
          { href: "/appeals?show=all", label: "All", current: !waiting },
        ]}
      />
      <AppealsTable
        appeals={list.data}
        waiting={waiting}
        nextHref={list.has_more ? `/appeals?${next.toString()}` : undefined}
      />
    </Page>
  );
}
