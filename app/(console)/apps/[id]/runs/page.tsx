import { notFound } from "next/navigation";
import { NoPermission } from "@/components/identity/no-permission";
import { purposeWords } from "@/components/prompts/run-words";
import { RunsTable } from "@/components/prompts/runs-table";
import { ButtonLink } from "@/components/ui/button-link";
import { LinkSelect } from "@/components/ui/link-select";
import { Page } from "@/components/ui/page";
import { PageHeader } from "@/components/ui/page-header";
import { LinkTabs } from "@/components/ui/tabs";
import { getApp } from "@/lib/apps/server/get-app";
import { matrix, roleMay } from "@/lib/identity/matrix";
import { userContext } from "@/lib/identity/server/user-context";
import { DomainError } from "@/lib/kernel/errors";
import { runPurposes, runStatuses } from "@/lib/models/vocabulary";
import { listRuns } from "@/lib/prompts/server/list-runs";
import { titledOfApp } from "../titled-of-app";

export const generateMetadata = titledOfApp("Runs");

type Search = Partial<Record<"purpose" | "status" | "after", string | string[]>>;
type Props = { params: Promise<{ id: string }>; searchParams: Promise<Search> };

export default async function RunsPage({ params, searchParams }: Props) {
  const ctx = await userContext();
  const { role } = ctx.actor;
  const { id } = await params;
  const app = await getApp(ctx, { app: id }).catch(orNotFound);
  if (!roleMay(role, "runs.read")) return <NoPermission what="runs" roles={matrix["runs.read"].roles} />;
  const search = await searchParams;
  const purpose = runPurposes.find((word) => word === search.purpose);
  const status = runStatuses.find((word) => word === search.status);
  const { after } = search;
  const runs = await listRuns(ctx, {
    app: app.id,
    limit: 50,
    starting_after: typeof after === "string" ? after : undefined,
    purpose,
    status,
  });
  const at = hrefs(`/apps/${app.id}/runs`, { purpose, status });
  return (
    <Page width="wide">
      <PageHeader
        back={{ href: `/apps/${app.id}`, label: app.name }}
        title="Runs"
        description="Every question to a model for this app: what came of it, what it took and what it cost."
        actions={
          roleMay(role, "prompts.read") ? (
            <ButtonLink href={`/apps/${app.id}/prompts`}>Prompts</ButtonLink>
          ) : null
        }
      />
      <div className="flex flex-wrap items-end gap-x-4 gap-y-2">
        <div className="min-w-0 grow">
          <LinkTabs
            label="Runs by what they were for"
            tabs={[
              { href: at({ purpose: undefined }), label: "All", current: purpose === undefined },
              ...runPurposes.map((word) => ({
                href: at({ purpose: word }),
                label: purposeWords[word],
                current: purpose === word,
              })),
            ]}
          />
        </div>
        <LinkSelect
          label="Runs by what came of them"
          options={[
            { href: at({ status: undefined }), label: "Any end", current: status === undefined },
            { href: at({ status: "failed" }), label: "Failed", current: status === "failed" },
            { href: at({ status: "interrupted" }), label: "Interrupted", current: status === "interrupted" },
            { href: at({ status: "running" }), label: "Being asked", current: status === "running" },
          ]}
        />
      </div>
      <RunsTable
        runs={runs.data}
        nextHref={runs.has_more ? at({ after: runs.data.at(-1)?.id }) : undefined}
      />
    </Page>
  );
}

type Query = Partial<Record<"purpose" | "status" | "after", string | undefined>>;

function hrefs(path: string, standing: Query) {
  return (change: Query) => {
    const query = new URLSearchParams(
      Object.entries({ ...standing, ...change }).flatMap(([key, value]) => (value ? [[key, value]] : [])),
    );
    return query.size > 0 ? `${path}?${query}` : path;
  };
}

function orNotFound(error: unknown): never {
  if (error instanceof DomainError && error.kind === "not_found") notFound();
  throw error;
}
