import type { Metadata } from "next";
import { DatasetsTable } from "@/components/experiments/datasets-table";
import { NewDatasetDialog } from "@/components/experiments/new-dataset-dialog";
import { LiveRefresh } from "@/components/execution/live-refresh";
import { NoPermission } from "@/components/identity/no-permission";
import { ButtonLink } from "@/components/ui/button-link";
import { Page } from "@/components/ui/page";
import { PageHeader } from "@/components/ui/page-header";
import { listApps } from "@/lib/apps/server/list-apps";
import { listDecisionTypes } from "@/lib/apps/server/list-decision-types";
import { listDatasets } from "@/lib/experiments/server/list-datasets";
import { matrix, roleMay } from "@/lib/identity/matrix";
import { userContext } from "@/lib/identity/server/user-context";
import { createDatasetAction } from "./actions";

export const metadata: Metadata = { title: "Datasets" };

const pageSize = 50;
type Props = { searchParams: Promise<{ after?: string | string[]; archived?: string | string[] }> };

export default async function DatasetsPage({ searchParams }: Props) {
  const [ctx, { after, archived: shown }] = [await userContext(), await searchParams];
  const archived = shown === "true";
  if (!roleMay(ctx.actor.role, "datasets.read")) {
    return <NoPermission what="datasets" roles={matrix["datasets.read"].roles} />;
  }
  const mayWrite = roleMay(ctx.actor.role, "datasets.write");
  const [list, apps, types] = await Promise.all([
    listDatasets(ctx, {
      archived,
      limit: pageSize,
      starting_after: typeof after === "string" ? after : undefined,
    }),
    mayWrite ? listApps(ctx, { limit: 100, archived: false }) : undefined,
    mayWrite ? listDecisionTypes(ctx, { limit: 100, archived: false }) : undefined,
  ]);
  return (
    <Page>
      <LiveRefresh events={["dataset."]} />
      <PageHeader
        title="Datasets"
        description="Cases whose right answer is known, in versions that never change. Experiments and training run over them."
        actions={
          <>
            <ButtonLink href="/experiments">Experiments</ButtonLink>
            <ButtonLink href={archived ? "/datasets" : "/datasets?archived=true"}>
              {archived ? "Hide archived" : "Show archived"}
            </ButtonLink>
            {apps && types ? (
              <NewDatasetDialog
                apps={apps.data.map(({ key, name }) => ({ key, name }))}
                types={types.data.map(({ key, name }) => ({ key, name }))}
                create={createDatasetAction}
              />
            ) : null}
          </>
        }
      />
      <DatasetsTable
        datasets={list.data}
        nextHref={
          list.has_more
            ? `/datasets?after=${list.data.at(-1)?.id}${archived ? "&archived=true" : ""}`
            : undefined
        }
      />
    </Page>
  );
}
