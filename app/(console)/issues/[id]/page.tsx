import { notFound } from "next/navigation";
import { ChartFigure } from "@/components/charts/chart-figure";
import { StackedBars } from "@/components/charts/stacked-bars";
import { DiscrepanciesTable } from "@/components/discrepancies/discrepancies-table";
import { IssueAbout } from "@/components/discrepancies/issue-about";
import { IssueEvidenceCard } from "@/components/discrepancies/issue-evidence";
import { IssueSet } from "@/components/discrepancies/issue-set";
import type { CandidateChoice } from "@/components/discrepancies/try-form";
import { IssueBadge } from "@/components/discrepancies/issues-table";
import { LiveRefresh } from "@/components/execution/live-refresh";
import { Money } from "@/components/ui/money";
import { Page } from "@/components/ui/page";
import { PageHeader } from "@/components/ui/page-header";
import { StatTile } from "@/components/ui/stat-tile";
import { Time } from "@/components/ui/time";
import { UntrustedInline } from "@/components/ui/untrusted-text";
import { proofOf } from "@/lib/discrepancies/proof";
import type { IssueView } from "@/lib/discrepancies/schema";
import { listDiscrepancies } from "@/lib/discrepancies/server/list-discrepancies";
import { listIssueEvidence } from "@/lib/discrepancies/server/list-issue-evidence";
import { getIssue, issueTrend, type Week } from "@/lib/discrepancies/server/read-issues";
import { listProof } from "@/lib/discrepancies/server/read-proof";
import { type CandidateOption, listCandidateOptions } from "@/lib/experiments/server/list-candidate-options";
import { roleMay } from "@/lib/identity/matrix";
import { listMembers } from "@/lib/identity/server/list-members";
import { userContext, type UserContext } from "@/lib/identity/server/user-context";
import { DomainError } from "@/lib/kernel/errors";
import { closeIssueAction, refreshIssueSetAction, tryIssueAction, updateIssueAction } from "../actions";
import { titled } from "../../titled";

export const generateMetadata = titled(
  "Issue",
  async (ctx, { id }: { id: string }) => (await getIssue(ctx, { id })).title,
);

type Props = {
  params: Promise<{ id: string }>;
  searchParams: Promise<{ after?: string | string[]; quoted_after?: string | string[] }>;
};

export default async function IssuePage({ params, searchParams }: Props) {
  const [ctx, { id }, { after, quoted_after }] = [await userContext(), await params, await searchParams];
  const issue = await getIssue(ctx, { id }).catch(absent);
  if (!issue) notFound();
  const [list, trend] = await Promise.all([
    listDiscrepancies(ctx, {
      issue: id,
      limit: 25,
      starting_after: textOf(after),
    }),
    issueTrend(ctx, { id }),
  ]);
  return (
    <Page>
      <LiveRefresh events={["issue.", "dataset.", "experiment."]} />
      <PageHeader
        back={{ href: "/issues", label: "Issues" }}
        title={<UntrustedInline text={issue.title} />}
        badges={<IssueBadge status={issue.status} />}
        description={
          <>
            {issue.app.name}, {issue.type.name}, opened <Time at={issue.created_at} />
            {issue.closed_at ? (
              <>
                , closed by {issue.closed_by}, <Time at={issue.closed_at} />
              </>
            ) : null}
          </>
        }
      />
      <Figures issue={issue} />
      <div className="grid items-start gap-4 lg:grid-cols-2">
        <About issue={issue} ctx={ctx} />
        <Trend weeks={trend} />
      </div>
      <Quoted issue={issue} ctx={ctx} after={textOf(quoted_after)} />
      <Proven issue={issue} ctx={ctx} />
      <h2 className="text-md font-semibold">Affected decisions</h2>
      <DiscrepanciesTable
        discrepancies={list.data}
        empty={{
          title: "Nothing attached",
          sentence: "Put confirmed discrepancies into it from their list.",
        }}
        nextHref={list.has_more ? `/issues/${id}?after=${list.data.at(-1)?.id}` : undefined}
      />
    </Page>
  );
}

const textOf = (value: string | string[] | undefined) => (typeof value === "string" ? value : undefined);

type QuotedProps = { issue: IssueView; ctx: UserContext; after: string | undefined };

async function Quoted({ issue, ctx, after }: QuotedProps) {
  const { data, has_more } = await listIssueEvidence(ctx, { id: issue.id, limit: 10, starting_after: after });
  const next = has_more ? `/issues/${issue.id}?quoted_after=${data.at(-1)?.discrepancy_id}` : undefined;
  return <IssueEvidenceCard places={issue.places} items={data} nextHref={next} />;
}

function Figures({ issue }: { issue: IssueView }) {
  return (
    <div className="grid gap-4 sm:grid-cols-2">
      <StatTile
        question="How many decisions are affected?"
        value={issue.discrepancies.toLocaleString("en")}
        population="Confirmed discrepancies attached to this issue"
      />
      <StatTile
        question="What is at stake?"
        value={<Money {...issue.cost} />}
        population="The type’s cost of a wrong yes or a wrong no, once for each of them"
      />
    </div>
  );
}

async function About({ issue, ctx }: { issue: IssueView; ctx: UserContext }) {
  const mayWrite = roleMay(ctx.actor.role, "issues.write");
  const members = mayWrite ? (await listMembers(ctx, { limit: 100 })).rows : [];
  return (
    <IssueAbout
      issue={issue}
      members={members.filter(({ disabledAt }) => disabledAt === null).map(({ id, name }) => ({ id, name }))}
      update={mayWrite ? updateIssueAction : undefined}
    />
  );
}

function Trend({ weeks }: { weeks: Week[] }) {
  const total = weeks.reduce((sum, { discrepancies }) => sum + discrepancies, 0);
  return (
    <ChartFigure
      picture="read"
      title="New each week"
      sentence={`${total.toLocaleString("en")} opened in the last 12 weeks, by the week they were opened in.`}
      table={{
        columns: ["Week from (UTC)", "Discrepancies"],
        rows: weeks.map(({ week, discrepancies }) => [week, discrepancies]),
      }}
    >
      <StackedBars
        label="New discrepancies each week"
        layout="stacked"
        series={[{ key: "discrepancies", label: "Discrepancies" }]}
        points={weeks.map(({ week, discrepancies }) => ({
          at: `${week}T00:00:00Z`,
          label: week.slice(5),
          values: { discrepancies },
        }))}
      />
    </ChartFigure>
  );
}

async function Proven({ issue, ctx }: { issue: IssueView; ctx: UserContext }) {
  const { role } = ctx.actor;
  const mayTry = roleMay(role, "experiments.run");
  const set = await listProof(ctx, { id: issue.id });
  const options = mayTry && set.version ? await listCandidateOptions(ctx, { version: set.version.id }) : [];
  const { all, datasetId, version, outside, items } = set;
  return (
    <IssueSet
      issue={issue}
      set={{ datasetId, version, outside, items }}
      experiments={all}
      proof={proofOf(set)}
      candidates={options.flatMap(choiceOf)}
      actions={
        roleMay(role, "issues.write")
          ? {
              close: closeIssueAction,
              refresh: roleMay(role, "datasets.write") ? refreshIssueSetAction : undefined,
              experiment: mayTry ? tryIssueAction : undefined,
            }
          : undefined
      }
    />
  );
}

function choiceOf({ kind, id, name, note }: CandidateOption): CandidateChoice[] {
  return kind === "recorded" ? [] : [{ kind, id, name: `${name} (${note})` }];
}

function absent(error: unknown): undefined {
  if (error instanceof DomainError && error.kind === "not_found") return undefined;
  throw error;
}
