import { notFound } from "next/navigation";
import { DivergencesCard } from "@/components/policies/divergences-card";
import { DraftEditor } from "@/components/policies/draft-editor";
import { FixturesRead } from "@/components/policies/fixtures-read";
import { FlowCard } from "@/components/policies/flow-card";
import { PolicySettings } from "@/components/policies/policy-settings";
import { standingOf } from "@/components/policies/policy-words";
import { RulesRead } from "@/components/policies/rules-read";
import { VersionsCard } from "@/components/policies/versions-card";
import { Badge } from "@/components/ui/badge";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { Page } from "@/components/ui/page";
import { PageHeader } from "@/components/ui/page-header";
import { getApp } from "@/lib/apps/server/get-app";
import { roleMay } from "@/lib/identity/matrix";
import { userContext, type UserContext } from "@/lib/identity/server/user-context";
import { DomainError } from "@/lib/kernel/errors";
import { mayLoosen } from "@/lib/policies/differences";
import { evaluatePolicy } from "@/lib/policies/server/check-policy";
import { listPolicyDivergences } from "@/lib/policies/server/list-divergences";
import { getPolicy, listPolicyVersions } from "@/lib/policies/server/list-policies";
import type { PolicyVersionView, PolicyView } from "@/lib/policies/views";
import { storedRules } from "@/lib/policies/wire";
import { listQueues } from "@/lib/reviews/server/list-queues";
import {
  changePolicyAction,
  checkRulesAction,
  discardDraftAction,
  endShadowAction,
  publishPolicyAction,
  rollBackPolicyAction,
  saveDraftAction,
  startShadowAction,
} from "../actions";
import { titled } from "../../../../titled";

export const generateMetadata = titled(
  "Policy",
  async (ctx, { policy }: { policy: string }) => (await getPolicy(ctx, { policy })).name,
);

type Props = { params: Promise<{ id: string; policy: string }> };
type Queue = { id: string; name: string };

const flow = {
  startShadow: startShadowAction,
  endShadow: endShadowAction,
  publish: publishPolicyAction,
  discard: discardDraftAction,
};

export default async function PolicyPage({ params }: Props) {
  const ctx = await userContext();
  const { id, policy: policyId } = await params;
  const app = await getApp(ctx, { app: id }).catch(orNotFound);
  const policy = await getPolicy(ctx, { policy: policyId }).catch(orNotFound);
  if (policy.app !== null && policy.app.id !== app.id) notFound();
  const versions = await listPolicyVersions(ctx, { policy: policy.id });
  const queues = await queuesOf(ctx);
  const mayWrite = roleMay(ctx.actor.role, "policies.write") && policy.archived_at === null;
  const listHref = `/apps/${app.id}/policies`;
  const replayHref =
    policy.open && loosens(policy) ? `/apps/${app.id}/replays/new?policy_version=${policy.open.id}` : null;
  return (
    <Page width="wide">
      <PageHeader
        back={{ href: listHref, label: `Policies of ${app.name}` }}
        title={policy.name}
        description={policy.description}
        badges={<Standing policy={policy} />}
        actions={
          mayWrite ? <PolicySettings policy={policy} backHref={listHref} change={changePolicyAction} /> : null
        }
      />
      <FlowCard
        policy={policy}
        me={mayWrite ? `user:${ctx.actor.id}` : null}
        actions={flow}
        replayHref={replayHref}
      />
      {policy.open?.status === "shadow" ? <Divergences ctx={ctx} policy={policy} /> : null}
      {policy.published ? (
        <InForce
          title={`In force: version ${policy.published.number}`}
          version={policy.published}
          policy={policy}
          queues={queues}
        />
      ) : null}
      {mayWrite && policy.open?.status !== "shadow" ? (
        <DraftEditor
          key={policy.open?.id ?? "new"}
          policy={{ id: policy.id, version: policy.version }}
          editedAt={policy.open?.edited_at ?? null}
          from={policy.open ?? policy.published}
          queues={queues}
          check={checkRulesAction}
          save={saveDraftAction}
        />
      ) : (
        <Open ctx={ctx} policy={policy} queues={queues} />
      )}
      <VersionsCard
        policy={policy}
        versions={versions.data}
        queues={queues}
        rollBack={mayWrite ? rollBackPolicyAction : undefined}
      />
    </Page>
  );
}

function Standing({ policy }: { policy: PolicyView }) {
  return (
    <>
      {policy.app === null ? <Badge tone="accent">Every app</Badge> : null}
      {standingOf(policy).map(({ tone, text }) => (
        <Badge key={text} tone={tone}>
          {text}
        </Badge>
      ))}
    </>
  );
}

function loosens({ published, open }: PolicyView): boolean {
  return mayLoosen(storedRules(published?.rules ?? []), storedRules(open?.rules ?? []));
}

async function Divergences({ ctx, policy }: { ctx: UserContext; policy: PolicyView }) {
  const { data } = await listPolicyDivergences(ctx, { policy: policy.id });
  return <DivergencesCard divergences={data} />;
}

/** What the open version says, for those who do not write it now. */
async function Open({ ctx, policy, queues }: { ctx: UserContext; policy: PolicyView; queues: Queue[] }) {
  const { open } = policy;
  if (!open) return null;
  const { rules, fixtures } = open;
  const { fixtures: results } = await evaluatePolicy(ctx, { rules, fixtures });
  const title =
    open.status === "shadow" ? `In shadow: version ${open.number}` : `Draft: version ${open.number}`;
  return (
    <>
      <InForce title={title} version={open} policy={policy} queues={queues} />
      <FixturesRead fixtures={fixtures} results={results} />
    </>
  );
}

type InForceProps = { title: string; version: PolicyVersionView; policy: PolicyView; queues: Queue[] };

function InForce({ title, version, policy, queues }: InForceProps) {
  const isMeasured = version.id === (policy.published?.id ?? policy.open?.id);
  return (
    <Card aria-labelledby={`rules-${version.id}`}>
      <CardHeader id={`rules-${version.id}`} title={title} />
      <CardBody>
        <RulesRead version={version} figures={isMeasured ? policy.figures : undefined} queues={queues} />
      </CardBody>
    </Card>
  );
}

async function queuesOf(ctx: UserContext): Promise<Queue[]> {
  const { data } = await listQueues(ctx, { limit: 100, archived: false });
  return data.map(({ id, name }) => ({ id, name }));
}

function orNotFound(error: unknown): never {
  if (error instanceof DomainError && error.kind === "not_found") notFound();
  throw error;
}
