import type { Metadata } from "next";
import { ExperimentsTable } from "@/components/experiments/experiments-table";
import { LiveRefresh } from "@/components/execution/live-refresh";
import { NoPermission } from "@/components/identity/no-permission";
import { ButtonLink } from "@/components/ui/button-link";
import { Page } from "@/components/ui/page";
import { PageHeader } from "@/components/ui/page-header";
import { listExperiments } from "@/lib/experiments/server/list-experiments";
import { matrix, roleMay } from "@/lib/identity/matrix";
import { userContext } from "@/lib/identity/server/user-context";

export const metadata: Metadata = { title: "Experiments" };

const pageSize = 50;
type Props = { searchParams: Promise<{ after?: string | string[]; app?: string | string[] }> };

export default async function ExperimentsPage({ searchParams }: Props) {
  const [ctx, { after, app }] = [await userContext(), await searchParams];
  if (!roleMay(ctx.actor.role, "experiments.read")) {
    return <NoPermission what="experiments" roles={matrix["experiments.read"].roles} />;
  }
  const list = await listExperiments(ctx, {
    limit: pageSize,
    app: typeof app === "string" ? app : undefined,
    starting_after: typeof after === "string" ? after : undefined,
  });
  const mayRun = roleMay(ctx.actor.role, "experiments.run");
  return (
    <Page>
      <LiveRefresh events={["experiment."]} />
      <PageHeader
        title="Experiments"
        description="Prompts, trained models and policies beside what the app said, on cases whose right answer is known."
        actions={
          <>
            <ButtonLink href="/datasets">Datasets</ButtonLink>
            {mayRun ? (
              <ButtonLink href="/experiments/new" variant="primary">
                New experiment
              </ButtonLink>
            ) : null}
          </>
        }
      />
      <ExperimentsTable
        experiments={list.data}
        mayRun={mayRun}
        nextHref={
          list.has_more
            ? `/experiments?after=${list.data.at(-1)?.id}${typeof app === "string" ? `&app=${encodeURIComponent(app)}` : ""}`
            : undefined
        }
      />
    </Page>
  );
}
