import { notFound } from "next/navigation";
import { AppBudgets } from "@/components/apps/app-budgets";
import { AppOverview } from "@/components/apps/app-overview";
import { State } from "@/components/apps/apps-table";
import { AutonomyCard } from "@/components/apps/autonomy-card";
import { EditAppDialog } from "@/components/apps/edit-app-dialog";
import { ResumeButton, StopButton, StopSwitch } from "@/components/apps/stop-control";
import { ButtonLink } from "@/components/ui/button-link";
import { Card } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { Page } from "@/components/ui/page";
import { PageHeader } from "@/components/ui/page-header";
import { getApp } from "@/lib/apps/server/get-app";
import { listAutonomies } from "@/lib/apps/server/get-autonomy";
import { listBudgetsOf } from "@/lib/apps/server/list-budgets";
import { listStops } from "@/lib/apps/server/list-stops";
import { DomainError } from "@/lib/kernel/errors";
import type { AutonomyView, StopView } from "@/lib/apps/views";
import { roleMay } from "@/lib/identity/matrix";
import { userContext, type UserContext } from "@/lib/identity/server/user-context";
import { origin } from "@/lib/server/origin";
import {
  closeRaiseAction,
  proposeRaiseAction,
  resumeAction,
  setAutonomyAction,
  signRaiseAction,
  stopAction,
  updateAppAction,
} from "../actions";
import { titled } from "../../titled";

export const generateMetadata = titled(
  "App",
  async (ctx, { id }: { id: string }) => (await getApp(ctx, { app: id })).name,
);

type Props = { params: Promise<{ id: string }> };

export default async function AppPage({ params }: Props) {
  const ctx = await userContext();
  const { role } = ctx.actor;
  const { id } = await params;
  const app = await getApp(ctx, { app: id }).catch(orNotFound);
  // What this app submits stands above the types of others, about which nobody has said anything here.
  const autonomies = (await listAutonomies(ctx, { app: app.id })).toSorted(
    (one, other) => Number(other.version > 0) - Number(one.version > 0),
  );
  const budgets = await listBudgetsOf(ctx, { app: app.id });
  const typeStops = new Map(
    (await listStops(ctx, { scope: "type", limit: 100 })).data.map((stop) => [stop.scope_id, stop]),
  );
  const target = { scope: "app", scope_id: app.id, name: app.name } as const;
  const mayWrite = roleMay(role, "apps.write");
  const stopped = app.stop !== null;
  return (
    <Page width="wide">
      <PageHeader
        back={{ href: "/apps", label: "Apps" }}
        title={app.name}
        description={app.description}
        badges={<State app={app} />}
        actions={
          <>
            {mayWrite ? <EditAppDialog app={app} update={updateAppAction} /> : null}
            {stopped && roleMay(role, "stops.resume") ? (
              <ResumeButton target={target} resume={resumeAction} />
            ) : null}
            {!stopped && roleMay(role, "stops.stop") ? (
              <StopButton target={target} stop={stopAction} />
            ) : null}
          </>
        }
      />
      <AppOverview app={app} origin={origin()} type={autonomies[0]?.type ?? "refund.issue"} />
      <AppBudgets budgets={budgets} maySet={roleMay(role, "settings.open")} />
      <section aria-labelledby="autonomy-title" className="flex flex-col gap-3">
        <h2 id="autonomy-title" className="text-md font-semibold">
          Autonomy by decision type
        </h2>
        {autonomies.length === 0 ? <NoTypes mayWrite={mayWrite} /> : null}
        {autonomies.map((autonomy) => (
          <TypeCard
            key={autonomy.type_id}
            autonomy={autonomy}
            actor={ctx.actor}
            stop={typeStops.get(autonomy.type_id)}
          />
        ))}
      </section>
    </Page>
  );
}

type TypeProps = { autonomy: AutonomyView; actor: UserContext["actor"]; stop?: StopView };

function TypeCard({ autonomy, actor, stop }: TypeProps) {
  const { role } = actor;
  const mayChange = roleMay(role, "autonomy.write");
  const isOwn = autonomy.proposal?.proposed_by.id === actor.id;
  return (
    <AutonomyCard
      autonomy={autonomy}
      change={mayChange ? { save: setAutonomyAction, propose: proposeRaiseAction } : undefined}
      raise={{
        viewer: mayChange ? (isOwn ? "proposer" : "signer") : "reader",
        actions: { sign: signRaiseAction, close: closeRaiseAction },
      }}
      stop={stop}
      stopSwitch={
        stop ? (
          <StopSwitch
            stop={stop}
            onStop={roleMay(role, "stops.stop") ? stopAction : undefined}
            onResume={roleMay(role, "stops.resume") ? resumeAction : undefined}
            size="sm"
          />
        ) : null
      }
    />
  );
}

function NoTypes({ mayWrite }: { mayWrite: boolean }) {
  return (
    <Card>
      <EmptyState
        title="No decision types yet"
        action={mayWrite ? <ButtonLink href="/settings/types/new">New decision type</ButtonLink> : undefined}
      >
        A decision type says what kind of decision apps submit, and what a proposal looks like.
      </EmptyState>
    </Card>
  );
}

function orNotFound(error: unknown): never {
  if (error instanceof DomainError && error.kind === "not_found") notFound();
  throw error;
}
