import type { Metadata } from "next";
import { ExportMenu } from "@/components/exports/export-menu";
import { ExecutionsTable } from "@/components/execution/executions-table";
import { Page } from "@/components/ui/page";
import { PageHeader } from "@/components/ui/page-header";
import { statusWord } from "@/components/ui/status-badge";
import { LinkTabs } from "@/components/ui/tabs";
import { executionStatuses } from "@/lib/execution/schema";
import { listExecutions } from "@/lib/execution/server/list-executions";
import { userContext } from "@/lib/identity/server/user-context";
import { SavedViews } from "../saved-views";

export const metadata: Metadata = { title: "Executions" };

type Search = { show?: string | string[]; after?: string | string[] };

export default async function ExecutionsPage({ searchParams }: { searchParams: Promise<Search> }) {
  const ctx = await userContext();
  const { show, after } = await searchParams;
  const status = executionStatuses.find((word) => word === show);
  const filter = status ? "status" : show === "all" ? "all" : "attention";
  const list = await listExecutions(ctx, {
    query: {
      limit: 50,
      starting_after: typeof after === "string" ? after : undefined,
      status,
      attention: filter === "attention" ? "true" : undefined,
    },
  });
  const shown = status ?? filter;
  return (
    <Page>
      <PageHeader
        title="Executions"
        description="What approved decisions did to the systems of the business."
        actions={
          <>
            <SavedViews ctx={ctx} page="executions" />
            <ExportMenu
              kind="executions"
              filter={{ status, attention: filter === "attention" ? "true" : undefined }}
            />
          </>
        }
      />
      <LinkTabs
        label="Executions by state"
        tabs={[
          { href: "/executions", label: "Needs attention", current: shown === "attention" },
          { href: "/executions?show=all", label: "All", current: shown === "all" },
          ...executionStatuses.map((word) => ({
            href: `/executions?show=${word}`,
            label: statusWord("execution", word),
            current: shown === word,
          })),
        ]}
      />
      <ExecutionsTable
        executions={list.data}
        filter={filter}
        nextHref={list.has_more ? `/executions?show=${shown}&after=${list.data.at(-1)?.id}` : undefined}
      />
    </Page>
  );
}
