import type { Metadata } from "next";
import { NewExperimentForm } from "@/components/experiments/new-experiment-form";
import { NoPermission } from "@/components/identity/no-permission";
import { ButtonLink } from "@/components/ui/button-link";
import { EmptyState } from "@/components/ui/empty-state";
import { Page } from "@/components/ui/page";
import { PageHeader } from "@/components/ui/page-header";
import { getDatasetVersion } from "@/lib/experiments/server/get-dataset-version";
import { listCandidateOptions } from "@/lib/experiments/server/list-candidate-options";
import { listEvaluatorOptions } from "@/lib/experiments/server/list-evaluator-options";
import { listDatasets } from "@/lib/experiments/server/list-datasets";
import { matrix, roleMay } from "@/lib/identity/matrix";
import { userContext } from "@/lib/identity/server/user-context";
import { DomainError } from "@/lib/kernel/errors";
import { createExperimentAction } from "../actions";

export const metadata: Metadata = { title: "New experiment" };

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export default async function NewExperimentPage({ searchParams }: Props) {
  const [ctx, search] = [await userContext(), await searchParams];
  if (!roleMay(ctx.actor.role, "experiments.run")) {
    return <NoPermission what="new experiments" roles={matrix["experiments.run"].roles} />;
  }
  const text = (key: string) => (typeof search[key] === "string" ? search[key] : undefined);
  const datasets = (await listDatasets(ctx, { limit: 100, archived: false })).data.filter(
    ({ latest }) => latest?.status === "ready",
  );
  const asked = text("version") ?? datasets[0]?.latest?.id;
  const version =
    asked === undefined ? undefined : await getDatasetVersion(ctx, { version: asked }).catch(orNothing);
  const options = version ? await listCandidateOptions(ctx, { version: version.id }) : [];
  const evaluators = version ? await listEvaluatorOptions(ctx, { version: version.id }) : [];
  const own = datasets.find(({ id }) => id === version?.dataset_id);
  return (
    <Page>
      <PageHeader
        back={{ href: "/experiments", label: "Experiments" }}
        title="New experiment"
        description="Every candidate answers the same cases. Nothing is carried out."
      />
      {version?.status === "ready" ? (
        <NewExperimentForm
          key={version.id}
          version={version}
          datasets={datasets.flatMap(({ name, latest }) =>
            latest ? [{ version: latest.id, name: `${name} v${latest.version}` }] : [],
          )}
          name={own ? `${own.name} v${version.version}` : `Version ${version.version}`}
          options={options}
          evaluators={evaluators}
          wanted={text("candidate")}
          issue={text("issue")}
          create={createExperimentAction}
        />
      ) : (
        <EmptyState title="No dataset is ready" action={<ButtonLink href="/datasets">Datasets</ButtonLink>}>
          An experiment runs over a dataset version. Build one first.
        </EmptyState>
      )}
    </Page>
  );
}

function orNothing(error: unknown): undefined {
  if (error instanceof DomainError && error.kind === "not_found") return undefined;
  throw error;
}
