import type { Metadata } from "next";
import { DemoControls } from "@/components/demo/demo-controls";
import { DemoPanel } from "@/components/demo/demo-panel";
import { FirstApp } from "@/components/overview/first-app";
import { LatestDecisions } from "@/components/overview/latest-decisions";
import { Tile } from "@/components/overview/tile";
import { Page } from "@/components/ui/page";
import { PageHeader } from "@/components/ui/page-header";
import { demoIsOn, getDemoControls } from "@/lib/apps/server/demo-controls";
import { listApps } from "@/lib/apps/server/list-apps";
import { latestDecisions } from "@/lib/decisions/server/latest-decisions";
import { roleMay } from "@/lib/identity/matrix";
import { type UserContext, userContext } from "@/lib/identity/server/user-context";
import { origin } from "@/lib/server/origin";
import { latestDecisionsAction, setDemoControlsAction } from "./overview-actions";
import { AuditsDue, AutomationFigures, OpenReviews, SignaturesWanted, StoppedApps } from "./overview-tiles";

export const metadata: Metadata = { title: "Overview" };

export default async function OverviewPage() {
  const ctx = await userContext();
  const { role, name } = ctx.actor;
  const apps = await listApps(ctx, { limit: 1, archived: false });
  return (
    <Page width="wide">
      <PageHeader title={`Hello, ${name}`} description="What needs you now, and what is going on." />
      {apps.data.length === 0 ? <FirstApp origin={origin()} mayCreate={roleMay(role, "apps.write")} /> : null}
      <div className="grid gap-4">
        {role === "reviewer" ? (
          <Tile name="Open reviews" className="h-18">
            <OpenReviews ctx={ctx} />
          </Tile>
        ) : null}
        {role === "auditor" ? (
          <Tile name="Audits due" className="h-18">
            <AuditsDue ctx={ctx} />
          </Tile>
        ) : null}
        {role === "admin" ? (
          <Tile name="Stopped apps" className="h-18">
            <StoppedApps ctx={ctx} />
          </Tile>
        ) : null}
        {role === "admin" ? (
          <Tile name="Signatures wanted" className="h-0">
            <SignaturesWanted ctx={ctx} />
          </Tile>
        ) : null}
      </div>
      {demoIsOn() ? (
        <Tile name="The demo" className="h-48">
          <Demo ctx={ctx} />
        </Tile>
      ) : null}
      <Tile name="The figures" className="h-36">
        <AutomationFigures ctx={ctx} />
      </Tile>
      <Tile name="The latest decisions" className="h-96">
        <Latest ctx={ctx} />
      </Tile>
    </Page>
  );
}

async function Demo({ ctx }: { ctx: UserContext }) {
  const [controls, apps] = await Promise.all([
    getDemoControls(ctx),
    listApps(ctx, { limit: 100, archived: false }),
  ]);
  const guard = apps.data.find(({ key }) => key === "mail-guard");
  return (
    <DemoPanel
      role={ctx.actor.role}
      billingUrl={process.env.BILLING_URL}
      learningHref={guard && `/apps/${guard.id}/learning?type=message.quarantine`}
      controls={<DemoControls controls={controls} set={setDemoControlsAction} />}
    />
  );
}

async function Latest({ ctx }: { ctx: UserContext }) {
  return <LatestDecisions initial={await latestDecisions(ctx)} read={latestDecisionsAction} />;
}
