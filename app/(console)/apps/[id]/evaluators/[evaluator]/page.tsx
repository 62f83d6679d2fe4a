import { TriangleAlert } from "lucide-react";
import { notFound } from "next/navigation";
import { AgreementSection } from "@/components/evaluators/agreement-section";
import { EvaluatorSettings, RestoreButton } from "@/components/evaluators/evaluator-settings";
import { kindWords, statusWords } from "@/components/evaluators/evaluator-words";
import { RulesCard } from "@/components/evaluators/rules-card";
import { ScoresTable } from "@/components/evaluators/scores-table";
import { VersionEditor } from "@/components/evaluators/version-editor";
import { VersionsCard } from "@/components/evaluators/versions-card";
import { LiveRefresh } from "@/components/execution/live-refresh";
import { NoPermission } from "@/components/identity/no-permission";
import { Badge } from "@/components/ui/badge";
import { ButtonLink } from "@/components/ui/button-link";
import { EmptyState } from "@/components/ui/empty-state";
import { Page } from "@/components/ui/page";
import { PageHeader } from "@/components/ui/page-header";
import { LinkTabs } from "@/components/ui/tabs";
import { getApp } from "@/lib/apps/server/get-app";
import { listDecisionTypes } from "@/lib/apps/server/list-decision-types";
import { getAgreement } from "@/lib/evaluators/server/get-agreement";
import { getEvaluator, listEvaluatorVersions } from "@/lib/evaluators/server/list-evaluators";
import { listScores } from "@/lib/evaluators/server/list-scores";
import { scoreOrders, type EvaluatorView } from "@/lib/evaluators/views";
import { matrix, roleMay } from "@/lib/identity/matrix";
import { userContext, type UserContext } from "@/lib/identity/server/user-context";
import { DomainError } from "@/lib/kernel/errors";
import {
  addVersionAction,
  archiveEvaluatorAction,
  createRuleAction,
  restoreEvaluatorAction,
  retryScoreAction,
  tryEvaluatorAction,
  updateEvaluatorAction,
  updateRuleAction,
} from "../actions";
import { judgeModels, pastDecisions } from "../choices";
import { titled } from "../../../../titled";

export const generateMetadata = titled(
  "Evaluator",
  async (ctx, { evaluator }: { evaluator: string }) => (await getEvaluator(ctx, { evaluator })).name,
);

type Search = { order?: string; after?: string };
type Props = { params: Promise<{ id: string; evaluator: string }>; searchParams: Promise<Search> };

export default async function EvaluatorPage({ params, searchParams }: Props) {
  const ctx = await userContext();
  const { id, evaluator: evaluatorId } = await params;
  const app = await getApp(ctx, { app: id }).catch(orNotFound);
  if (!roleMay(ctx.actor.role, "evaluators.read")) {
    return <NoPermission what="Evaluators" roles={matrix["evaluators.read"].roles} />;
  }
  const evaluator = await getEvaluator(ctx, { evaluator: evaluatorId }).catch(orNotFound);
  if (evaluator.app_id !== app.id) notFound();
  const agreement = await getAgreement(ctx, { evaluator: evaluator.id, ties: "kept" });
  const mayWrite = roleMay(ctx.actor.role, "evaluators.write") && evaluator.status !== "archived";
  const mayRule =
    evaluator.kind !== "latency" &&
    evaluator.kind !== "cost" &&
    roleMay(ctx.actor.role, "scores.give") &&
    evaluator.status !== "archived";
  return (
    <Page width="wide">
      <PageHeader
        back={{ href: `/apps/${app.id}/evaluators`, label: `Evaluators of ${app.name}` }}
        title={evaluator.name}
        description={kindWords[evaluator.kind].sentence}
        badges={<State evaluator={evaluator} />}
        actions={
          <>
            {mayRule ? (
              <ButtonLink href={`/apps/${app.id}/evaluators/${evaluator.id}/rule`} variant="primary">
                Rule on its scores
              </ButtonLink>
            ) : null}
            {mayWrite ? (
              <EvaluatorSettings
                evaluator={evaluator}
                update={updateEvaluatorAction}
                archive={archiveEvaluatorAction}
              />
            ) : null}
          </>
        }
      />
      <LiveRefresh events={["evaluator."]} />
      {evaluator.status === "demoted" ? <Demoted evaluator={evaluator} mayWrite={mayWrite} /> : null}
      <AgreementSection evaluator={evaluator} agreement={agreement} />
      <Scores ctx={ctx} evaluator={evaluator} search={await searchParams} mayWrite={mayWrite} />
      <div className="grid grid-cols-1 items-start gap-4 xl:grid-cols-2">
        {mayWrite ? <Editor ctx={ctx} evaluator={evaluator} /> : null}
        <div className="flex min-w-0 flex-col gap-4">
          <Rules ctx={ctx} evaluator={evaluator} mayWrite={mayWrite} />
          <VersionsCard
            versions={(await listEvaluatorVersions(ctx, { evaluator: evaluator.id })).data}
            current={evaluator.version.id}
          />
        </div>
      </div>
    </Page>
  );
}

function State({ evaluator: { status, kind, open_scores: open } }: { evaluator: EvaluatorView }) {
  return (
    <>
      <Badge tone={statusWords[status].tone}>{statusWords[status].label}</Badge>
      <Badge>{kindWords[kind].label}</Badge>
      {open > 0 ? <Badge tone="review">{open.toLocaleString("en")} to score</Badge> : null}
    </>
  );
}

function Demoted({ evaluator, mayWrite }: { evaluator: EvaluatorView; mayWrite: boolean }) {
  return (
    <div className="flex flex-wrap items-center gap-3 rounded-card border bg-escalated-soft p-4 text-sm text-escalated-text">
      <TriangleAlert aria-hidden className="size-4 shrink-0" />
      <p className="min-w-0 grow">
        It goes on scoring, and no figure and no gate counts it. {evaluator.status_why} A new version counts
        again.
      </p>
      {mayWrite ? <RestoreButton evaluator={evaluator.id} restore={restoreEvaluatorAction} /> : null}
    </div>
  );
}

type PartProps = { ctx: UserContext; evaluator: EvaluatorView };

async function Scores({
  ctx,
  evaluator,
  search,
  mayWrite,
}: PartProps & { search: Search; mayWrite: boolean }) {
  const order = scoreOrders.find((each) => each === search.order) ?? "disagreements";
  const after = order === "newest" && search.after ? { starting_after: search.after } : {};
  const query = { evaluator: evaluator.id, order, limit: 25, ...after } as const;
  const { data, has_more: hasMore } = await listScores(ctx, query);
  const here = `/apps/${evaluator.app_id}/evaluators/${evaluator.id}`;
  const last = data.at(-1)?.id;
  const mayRule = roleMay(ctx.actor.role, "scores.give") && evaluator.status !== "archived";
  return (
    <section aria-labelledby="scores-title" className="flex flex-col gap-3">
      <h2 id="scores-title" className="text-md font-semibold">
        Recent scores
      </h2>
      <LinkTabs
        label="Order of scores"
        tabs={[
          { href: here, label: "Disagreements first", current: order === "disagreements" },
          { href: `${here}?order=newest`, label: "Newest first", current: order === "newest" },
        ]}
      />
      {data.length === 0 ? (
        <div className="rounded-card border bg-card">
          <EmptyState title="Nothing scored yet">
            Give it a rule, or send what your own program said over the API.
          </EmptyState>
        </div>
      ) : (
        <ScoresTable
          scores={data}
          {...(mayWrite ? { retry: retryScoreAction } : {})}
          {...(mayRule ? { ruleAt: here } : {})}
        />
      )}
      {order === "newest" && hasMore && last ? (
        <ButtonLink href={`${here}?order=newest&after=${last}`} className="self-end">
          Older
        </ButtonLink>
      ) : null}
    </section>
  );
}

async function Editor({ ctx, evaluator }: PartProps) {
  return (
    <VersionEditor
      key={evaluator.version.id}
      evaluator={evaluator}
      models={await judgeModels(ctx)}
      decisions={await pastDecisions(ctx, evaluator.app_id)}
      add={addVersionAction}
      attempt={tryEvaluatorAction}
    />
  );
}

async function Rules({ ctx, evaluator, mayWrite }: PartProps & { mayWrite: boolean }) {
  const { data: types } = await listDecisionTypes(ctx, { limit: 100, archived: false });
  return (
    <RulesCard
      evaluator={evaluator.id}
      rules={evaluator.rules}
      types={types.map(({ key, name }) => ({ key, name }))}
      {...(mayWrite ? { actions: { create: createRuleAction, update: updateRuleAction } } : {})}
    />
  );
}

function orNotFound(error: unknown): never {
  if (error instanceof DomainError && error.kind === "not_found") notFound();
  throw error;
}
