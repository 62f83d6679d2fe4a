import { notFound } from "next/navigation";
import { ComparedList } from "@/components/experiments/compared-list";
import { ExperimentControls } from "@/components/experiments/experiment-controls";
import { ExperimentStanding } from "@/components/experiments/experiment-standing";
import { ExperimentSummary } from "@/components/experiments/experiment-summary";
import { LiveRefresh } from "@/components/execution/live-refresh";
import { NoPermission } from "@/components/identity/no-permission";
import { Page } from "@/components/ui/page";
import { PageHeader } from "@/components/ui/page-header";
import { Time } from "@/components/ui/time";
import { comparedShows } from "@/lib/experiments/experiment-endpoints";
import { getExperiment } from "@/lib/experiments/server/get-experiment";
import { listExperimentItems } from "@/lib/experiments/server/list-experiment-items";
import { matrix, roleMay } from "@/lib/identity/matrix";
import { userContext } from "@/lib/identity/server/user-context";
import { DomainError } from "@/lib/kernel/errors";
import { askAgainAction, cancelAction, pauseAction, resumeAction } from "../actions";
import { titled } from "../../titled";

export const generateMetadata = titled(
  "Experiment",
  async (ctx, { id }: { id: string }) => (await getExperiment(ctx, { experiment: id })).name,
);

const pageSize = 20;
type Props = {
  params: Promise<{ id: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

export default async function ExperimentPage({ params, searchParams }: Props) {
  const [ctx, { id }, search] = [await userContext(), await params, await searchParams];
  if (!roleMay(ctx.actor.role, "experiments.read")) {
    return <NoPermission what="experiments" roles={matrix["experiments.read"].roles} />;
  }
  const experiment = await getExperiment(ctx, { experiment: id }).catch(orNotFound);
  const show = comparedShows.find((one) => one === search.show) ?? "disagreements";
  const items = await listExperimentItems(ctx, {
    experiment: id,
    show,
    limit: pageSize,
    starting_after: typeof search.after === "string" ? search.after : undefined,
  });
  return (
    <Page width="wide">
      <LiveRefresh events={["experiment."]} />
      <PageHeader
        back={{ href: "/experiments", label: "Experiments" }}
        title={experiment.name}
        description={
          <>
            {experiment.app.name}, {experiment.type.name}, on {experiment.dataset.name} v
            {experiment.dataset.version}. Started by {experiment.created_by}{" "}
            <Time at={experiment.created_at} />.
          </>
        }
        actions={
          <ExperimentControls
            experiment={experiment}
            actions={
              roleMay(ctx.actor.role, "experiments.run")
                ? { pause: pauseAction, resume: resumeAction, cancel: cancelAction, askAgain: askAgainAction }
                : undefined
            }
          />
        }
      />
      <ExperimentStanding experiment={experiment} />
      {experiment.summary ? <ExperimentSummary experiment={experiment} summary={experiment.summary} /> : null}
      <ComparedList experiment={experiment} show={show} items={items} />
    </Page>
  );
}

function orNotFound(error: unknown): never {
  if (error instanceof DomainError && error.kind === "not_found") notFound();
  throw error;
}
