import { notFound } from "next/navigation";
import { State } from "@/components/apps/apps-table";
import { ResumeButton, StopButton } from "@/components/apps/stop-control";
import { ThresholdBoard } from "@/components/thresholds/threshold-board";
import { ButtonLink } from "@/components/ui/button-link";
import { Card } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { Page } from "@/components/ui/page";
import { PageHeader } from "@/components/ui/page-header";
import { getApp } from "@/lib/apps/server/get-app";
import { listAutonomies } from "@/lib/apps/server/get-autonomy";
import type { AutonomyView } from "@/lib/apps/views";
import { roleMay } from "@/lib/identity/matrix";
import { userContext } from "@/lib/identity/server/user-context";
import { DomainError } from "@/lib/kernel/errors";
import { resumeAction, stopAction } from "../../actions";
import { proposeAction } from "./actions";
import { titledOfApp } from "../titled-of-app";

export const generateMetadata = titledOfApp("Thresholds");

type Props = { params: Promise<{ id: string }> };

export default async function ThresholdsPage({ params }: Props) {
  const ctx = await userContext();
  const { role } = ctx.actor;
  const { id } = await params;
  const app = await getApp(ctx, { app: id }).catch(orNotFound);
  const types = (await listAutonomies(ctx, { app: app.id })).toSorted(bySetting);
  const target = { scope: "app", scope_id: app.id, name: app.name } as const;
  const mayStop = roleMay(role, "stops.stop");
  const mayResume = roleMay(role, "stops.resume");
  return (
    <Page>
      <PageHeader
        back={{ href: `/apps/${app.id}`, label: app.name }}
        title={`Where may ${app.name} act alone?`}
        description="How sure are we of it, and what does it save? Try a threshold on what was decided before."
        badges={<State app={app} />}
        actions={
          <>
            {app.stop !== null && mayResume ? <ResumeButton target={target} resume={resumeAction} /> : null}
            {app.stop === null && mayStop ? <StopButton target={target} stop={stopAction} /> : null}
          </>
        }
      />
      {types.length === 0 ? (
        <Card>
          <EmptyState
            title="No decision types yet"
            action={
              roleMay(role, "apps.write") ? (
                <ButtonLink href="/settings/types/new">New decision type</ButtonLink>
              ) : undefined
            }
          >
            A threshold is about one kind of decision that an app proposes.
          </EmptyState>
        </Card>
      ) : (
        <ThresholdBoard
          app={{ id: app.id, name: app.name }}
          types={types.map(({ type_id, type, type_name }) => ({ id: type_id, key: type, name: type_name }))}
          {...(roleMay(role, "contracts.write") ? { propose: proposeAction } : {})}
        />
      )}
    </Page>
  );
}

/** What somebody has set first: of many types an app uses few. */
function bySetting(a: AutonomyView, b: AutonomyView): number {
  return Number(b.version > 0) - Number(a.version > 0);
}

function orNotFound(error: unknown): never {
  if (error instanceof DomainError && error.kind === "not_found") notFound();
  throw error;
}
