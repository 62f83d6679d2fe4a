import { notFound } from "next/navigation";
import { ArchiveButton } from "@/components/experiments/archive-button";
import { DatasetItems } from "@/components/experiments/dataset-items";
import { DatasetVersions } from "@/components/experiments/dataset-versions";
import { NewVersionDialog } from "@/components/experiments/new-version-dialog";
import { LiveRefresh } from "@/components/execution/live-refresh";
import { NoPermission } from "@/components/identity/no-permission";
import { Badge } from "@/components/ui/badge";
import { ButtonLink } from "@/components/ui/button-link";
import { EmptyState } from "@/components/ui/empty-state";
import { Page } from "@/components/ui/page";
import { PageHeader } from "@/components/ui/page-header";
import { Time } from "@/components/ui/time";
import { getApp } from "@/lib/apps/server/get-app";
import { getDecisionType } from "@/lib/apps/server/get-decision-type";
import { getDataset } from "@/lib/experiments/server/get-dataset";
import { listDatasetItems } from "@/lib/experiments/server/list-dataset-items";
import { listDatasetVersions } from "@/lib/experiments/server/list-dataset-versions";
import { splits } from "@/lib/experiments/vocabulary";
import { purposeWords } from "@/lib/experiments/words";
import { matrix, roleMay } from "@/lib/identity/matrix";
import { userContext } from "@/lib/identity/server/user-context";
import { DomainError } from "@/lib/kernel/errors";
import { addVersionAction, archiveDatasetAction, restoreDatasetAction } from "../actions";
import { titled } from "../../titled";

export const generateMetadata = titled(
  "Dataset",
  async (ctx, { id }: { id: string }) => (await getDataset(ctx, { dataset: id })).name,
);

const pageSize = 25;
type Props = {
  params: Promise<{ id: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

export default async function DatasetPage({ params, searchParams }: Props) {
  const [ctx, { id }, search] = [await userContext(), await params, await searchParams];
  if (!roleMay(ctx.actor.role, "datasets.read")) {
    return <NoPermission what="datasets" roles={matrix["datasets.read"].roles} />;
  }
  const text = (key: string) => (typeof search[key] === "string" ? search[key] : undefined);
  const dataset = await getDataset(ctx, { dataset: id }).catch(orNotFound);
  const [app, type, versions] = await Promise.all([
    getApp(ctx, { app: dataset.app }),
    getDecisionType(ctx, { type: dataset.type }),
    listDatasetVersions(ctx, { dataset: id, limit: 50 }),
  ]);
  const version = versions.data.find((one) => one.id === text("version")) ?? versions.data[0];
  const split = splits.find((one) => one === text("split"));
  const items =
    version?.status === "ready"
      ? await listDatasetItems(ctx, {
          version: version.id,
          split,
          limit: pageSize,
          starting_after: text("after"),
        })
      : undefined;
  const mayRun = roleMay(ctx.actor.role, "experiments.run");
  const mayWrite = roleMay(ctx.actor.role, "datasets.write");
  const isLive = dataset.archived_at === null;
  return (
    <Page>
      <LiveRefresh events={["dataset."]} />
      <PageHeader
        back={{ href: "/datasets", label: "Datasets" }}
        title={dataset.name}
        description={
          <>
            {purposeWords[dataset.purpose]} cases of {app.name}, {type.name}. Made by {dataset.created_by}{" "}
            <Time at={dataset.created_at} />.
          </>
        }
        badges={isLive ? null : <Badge tone="idle">Archived</Badge>}
        actions={
          <>
            {mayRun && isLive && version?.status === "ready" ? (
              <ButtonLink href={`/experiments/new?version=${version.id}`}>Run an experiment</ButtonLink>
            ) : null}
            {mayWrite ? (
              <ArchiveButton
                what="dataset"
                isArchived={!isLive}
                reference={{ dataset: dataset.id }}
                consequence="Nothing new is run over it or added to it, and lists leave it out. Its versions and the experiments over them stay."
                archive={archiveDatasetAction}
                restore={restoreDatasetAction}
              />
            ) : null}
            {mayWrite && isLive ? <NewVersionDialog datasetId={dataset.id} add={addVersionAction} /> : null}
          </>
        }
      />
      {version ? (
        <DatasetVersions datasetId={dataset.id} versions={versions.data} shown={version.id} />
      ) : (
        <EmptyState title="No version yet">
          Add one from decisions whose truth is known, or from a file.
        </EmptyState>
      )}
      {items && version ? (
        <DatasetItems dataset={dataset.id} version={version} split={split} items={items} />
      ) : null}
    </Page>
  );
}

function orNotFound(error: unknown): never {
  if (error instanceof DomainError && error.kind === "not_found") notFound();
  throw error;
}
