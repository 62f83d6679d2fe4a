import type { Metadata } from "next";
import Link from "next/link";
import { AgreementPanel } from "@/components/audits/agreement-panel";
import { AuditsTable } from "@/components/audits/audits-table";
import { NextButton } from "@/components/audits/next-button";
import { ProgressPanel } from "@/components/audits/progress-panel";
import { ExportMenu } from "@/components/exports/export-menu";
import { ButtonLink } from "@/components/ui/button-link";
import { EmptyState } from "@/components/ui/empty-state";
import { Page } from "@/components/ui/page";
import { PageHeader } from "@/components/ui/page-header";
import { LinkTabs } from "@/components/ui/tabs";
import { worklistQuery } from "@/lib/audits/client";
import { auditTabs, type AuditTab } from "@/lib/audits/schema";
import { auditAgreement } from "@/lib/audits/server/audit-agreement";
import { auditProgress } from "@/lib/audits/server/audit-progress";
import { listAudits } from "@/lib/audits/server/list-audits";
import { roleMay } from "@/lib/identity/matrix";
import { userContext } from "@/lib/identity/server/user-context";
import { SavedViews } from "../saved-views";
import { auditActions } from "./audit-actions";

export const metadata: Metadata = { title: "Audits" };

const tabWords: Record<AuditTab, string> = {
  open: "To judge",
  mine: "Mine",
  waiting: "Waiting",
  done: "Judged",
};
const pageSize = 50;
type Search = Promise<Record<string, string | string[] | undefined>>;

export default async function AuditsPage({ searchParams }: { searchParams: Search }) {
  const [ctx, search] = [await userContext(), await searchParams];
  if (!roleMay(ctx.actor.role, "audits.read")) return <NotForYou />;
  const text = (key: string) => (typeof search[key] === "string" ? search[key] : undefined);
  const tab = auditTabs.find((each) => each === search.tab) ?? "open";
  const filter = { app: text("app"), type: text("type"), plan: text("plan") };
  const [list, progress, agreement] = await Promise.all([
    listAudits(ctx, { tab, ...filter, limit: pageSize, starting_after: text("after") }),
    auditProgress(ctx),
    auditAgreement(ctx, {}),
  ]);
  const counts = {
    open: progress.open + progress.claimed,
    mine: undefined,
    waiting: progress.waiting + progress.disputed,
    done: progress.done,
  };
  const judges = roleMay(ctx.actor.role, "audits.judge");
  return (
    <Page>
      <PageHeader
        title="Audits"
        description="A random sample of what ran alone, judged again by a person who answers first and sees the model's answer after."
        actions={
          <>
            <ButtonLink href="/audits/plans">Sampling plans</ButtonLink>
            <SavedViews ctx={ctx} page="audits" />
            <ExportMenu kind="audits" filter={{ tab, ...filter }} />
            {judges ? <NextButton next={auditActions.next} filter={filter} label="Judge next" /> : null}
          </>
        }
      />
      <LinkTabs
        label="Audits by state"
        tabs={auditTabs.map((each) => ({
          href: `/audits?${worklistQuery({ tab: each, ...filter })}`,
          label: tabWords[each],
          count: counts[each],
          current: each === tab,
        }))}
      />
      {filter.plan ? (
        <p className="text-sm text-muted-foreground">
          Of one sampling plan:{" "}
          <Link
            className="text-primary-text underline"
            href={`/audits/plans/${encodeURIComponent(filter.plan)}`}
          >
            the plan
          </Link>
          , or{" "}
          <Link className="text-primary-text underline" href={`/audits?tab=${tab}`}>
            all audits
          </Link>
          . The counts above are of all.
        </p>
      ) : null}
      <AuditsTable
        audits={list.data}
        tab={tab}
        nextHref={
          list.has_more
            ? `/audits?${worklistQuery({ tab, ...filter })}&after=${list.data.at(-1)?.id}`
            : undefined
        }
      />
      <div className="grid items-start gap-4 xl:grid-cols-2">
        <ProgressPanel progress={progress} />
        <AgreementPanel agreement={agreement} />
      </div>
    </Page>
  );
}

function NotForYou() {
  return (
    <Page>
      <PageHeader title="Audits" />
      <EmptyState title="Audits are for auditors">
        An admin can make somebody an auditor under Settings, Members.
      </EmptyState>
    </Page>
  );
}
