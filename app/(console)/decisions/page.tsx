import { ListChecks, SearchX } from "lucide-react";
import type { Metadata } from "next";
import { DecisionsFilters } from "@/components/decisions/decisions-filters";
import { DecisionColumns, DecisionsTable } from "@/components/decisions/decisions-table";
import { NewDecisions } from "@/components/decisions/new-decisions";
import { ExportMenu } from "@/components/exports/export-menu";
import { ButtonLink } from "@/components/ui/button-link";
import { EmptyState } from "@/components/ui/empty-state";
import { Page } from "@/components/ui/page";
import { PageHeader } from "@/components/ui/page-header";
import { statusWord } from "@/components/ui/status-badge";
import { LinkTabs } from "@/components/ui/tabs";
import { DecisionListFilter, DecisionListQuery, type DecisionRows, listAddress } from "@/lib/decisions/list";
import { routes } from "@/lib/decisions/schema";
import { mostNew } from "@/lib/decisions/server/count-new-decisions";
import { listDecisionRows } from "@/lib/decisions/server/list-decision-rows";
import { userContext } from "@/lib/identity/server/user-context";
import { listFacets } from "@/lib/reviews/server/list-facets";
import { SavedViews } from "../saved-views";
import { countNewDecisionsAction } from "./actions";

export const metadata: Metadata = { title: "Decisions" };

type Search = Promise<Record<string, string | string[] | undefined>>;

export default async function DecisionsPage({ searchParams }: { searchParams: Search }) {
  const ctx = await userContext();
  const query = DecisionListQuery.parse(await searchParams);
  const filter = DecisionListFilter.parse(query);
  const [rows, facets] = await Promise.all([listDecisionRows(ctx, query), listFacets(ctx)]);
  const newest = rows.data[0];
  return (
    <Page>
      <PageHeader
        title="Decisions"
        description="Everything that apps have submitted, whoever decided it."
        actions={
          <>
            {newest && !rows.newer ? (
              <NewDecisions
                key={newest.id}
                filter={filter}
                since={newest.id}
                count={countNewDecisionsAction}
                most={mostNew}
              />
            ) : null}
            <SavedViews ctx={ctx} page="decisions" />
            <DecisionColumns />
            <ExportMenu kind="decisions" filter={filter} />
          </>
        }
      />
      <RouteTabs filter={filter} />
      <DecisionsFilters apps={facets.apps} types={facets.types} />
      <DecisionsTable rows={rows.data} empty={<Nothing filter={filter} />} />
      <Pager rows={rows} filter={filter} />
    </Page>
  );
}

function RouteTabs({ filter }: { filter: DecisionListFilter }) {
  const tabs = [undefined, ...routes].map((route) => ({
    href: listAddress({ ...filter, route }),
    label: route ? statusWord("route", route) : "All",
    current: filter.route === route,
  }));
  return <LinkTabs label="Decisions by route" tabs={tabs} />;
}

function Pager({ rows, filter }: { rows: DecisionRows; filter: DecisionListFilter }) {
  const [first, last] = [rows.data[0], rows.data.at(-1)];
  if (!first || !last || (!rows.newer && !rows.older)) return null;
  return (
    <nav aria-label="Pages" className="flex flex-wrap justify-center gap-2">
      {rows.newer ? (
        <>
          <ButtonLink href={listAddress(filter)}>Newest</ButtonLink>
          <ButtonLink href={listAddress({ ...filter, before: first.id })}>Newer</ButtonLink>
        </>
      ) : null}
      {rows.older ? <ButtonLink href={listAddress({ ...filter, after: last.id })}>Older</ButtonLink> : null}
    </nav>
  );
}

function Nothing({ filter }: { filter: DecisionListFilter }) {
  if (Object.values(filter).some((value) => value !== undefined)) {
    return (
      <EmptyState
        title="Nothing fits these filters"
        icon={SearchX}
        action={<ButtonLink href="/decisions">Clear filters</ButtonLink>}
      >
        A search finds whole ids: a decision’s, its app’s own, or its subject’s.
      </EmptyState>
    );
  }
  return (
    <EmptyState
      title="No decisions yet"
      icon={ListChecks}
      action={<ButtonLink href="/docs/api">How apps submit</ButtonLink>}
    >
      They appear here as soon as an app submits its first one.
    </EmptyState>
  );
}
