import { notFound } from "next/navigation";
import { ArchiveButton } from "@/components/experiments/archive-button";
import { LatestGateCard } from "@/components/experiments/latest-gate-card";
import { NoPermission } from "@/components/identity/no-permission";
import { DraftEditor } from "@/components/prompts/draft-editor";
import { FitScores } from "@/components/prompts/fit-scores";
import { ShadowCard } from "@/components/prompts/shadow-card";
import { VersionDiff } from "@/components/prompts/version-diff";
import { VersionsTable } from "@/components/prompts/versions-table";
import { Badge } from "@/components/ui/badge";
import { ButtonLink } from "@/components/ui/button-link";
import { Page } from "@/components/ui/page";
import { PageHeader } from "@/components/ui/page-header";
import { getApp } from "@/lib/apps/server/get-app";
import { latestGateOf } from "@/lib/experiments/server/latest-gate-of";
import { matrix, roleMay } from "@/lib/identity/matrix";
import { userContext, type UserContext } from "@/lib/identity/server/user-context";
import { DomainError } from "@/lib/kernel/errors";
import { listModels } from "@/lib/models/server/list-models";
import type { PromptVersionView, PromptView } from "@/lib/prompts/endpoints";
import { compareShadow } from "@/lib/prompts/server/compare-shadow";
import { getPrompt } from "@/lib/prompts/server/get-prompt";
import {
  archivePromptAction,
  fitVersionAction,
  moveVersionAction,
  restorePromptAction,
  saveVersionAction,
  updateDraftAction,
} from "../actions";
import { titled } from "../../../../titled";

export const generateMetadata = titled(
  "Prompt",
  async (ctx, { id, prompt }: { id: string; prompt: string }) => {
    const { id: app } = await getApp(ctx, { app: id });
    return (await getPrompt(ctx, { app, prompt })).name;
  },
);

type Props = {
  params: Promise<{ id: string; prompt: string }>;
  searchParams: Promise<{ version?: string | string[] }>;
};

export default async function PromptPage({ params, searchParams }: Props) {
  const ctx = await userContext();
  const { role } = ctx.actor;
  const { id, prompt: ref } = await params;
  const app = await getApp(ctx, { app: id }).catch(orNotFound);
  if (!roleMay(role, "prompts.read"))
    return <NoPermission what="prompts" roles={matrix["prompts.read"].roles} />;
  const prompt = await getPrompt(ctx, { app: app.id, prompt: ref }).catch(orNotFound);
  const { shown, from } = choose(prompt, (await searchParams).version);
  const mayWrite = roleMay(role, "prompts.write") && !prompt.archived;
  return (
    <Page width="wide">
      <PageHeader
        back={{ href: `/apps/${app.id}/prompts`, label: `Prompts of ${app.name}` }}
        title={prompt.name}
        description={`Answers for ${prompt.type.name}. Decisions name it ${prompt.key}@version.`}
        badges={
          prompt.archived ? (
            <Badge tone="idle">Archived</Badge>
          ) : prompt.active === null ? (
            <Badge tone="idle">Nothing active</Badge>
          ) : null
        }
        actions={
          <>
            {roleMay(role, "runs.try") && !prompt.archived ? (
              <ButtonLink href={`/apps/${app.id}/playground`}>Playground</ButtonLink>
            ) : null}
            <ButtonLink href={`/apps/${app.id}/runs`}>Runs</ButtonLink>
            {roleMay(role, "prompts.write") ? (
              <ArchiveButton
                what="prompt"
                isArchived={prompt.archived}
                reference={{ app: app.id, prompt: prompt.id }}
                consequence="None of its versions is run, tried or changed any more, and lists leave it out. What they decided stays. A version that is active or in shadow is retired first."
                archive={archivePromptAction}
                restore={restorePromptAction}
              />
            ) : null}
          </>
        }
      />
      <VersionsTable
        prompt={prompt}
        shown={shown.version}
        move={mayWrite ? moveVersionAction : undefined}
        fit={mayWrite ? fitVersionAction : undefined}
      />
      <LatestGateCard
        name={`version ${shown.version}`}
        latest={await latestGateOf(ctx, { promptVersionId: shown.id })}
      />
      <Shadow ctx={ctx} prompt={prompt} />
      <VersionDiff version={shown} from={from} />
      {shown.settings.combination ? (
        <FitScores combination={shown.settings.combination} version={shown.version} />
      ) : null}
      {mayWrite ? <Editor ctx={ctx} prompt={prompt} from={shown} /> : null}
    </Page>
  );
}

// The version asked for, else the newest; held against the active one, or the one before it.
function choose(prompt: PromptView, asked: string | string[] | undefined) {
  const [newest] = prompt.versions;
  const shown = prompt.versions.find(({ version }) => String(version) === asked) ?? newest;
  if (!shown) notFound();
  const others = prompt.versions.filter(({ id }) => id !== shown.id);
  const from =
    others.find(({ status }) => status === "active") ??
    others.find(({ version }) => version < shown.version) ??
    null;
  return { shown, from };
}

async function Shadow({ ctx, prompt }: { ctx: UserContext; prompt: PromptView }) {
  if (prompt.shadow === null) return null;
  const place = { app: prompt.app_id, prompt: prompt.id, version: prompt.shadow };
  return <ShadowCard comparison={await compareShadow(ctx, place)} />;
}

type EditorProps = { ctx: UserContext; prompt: PromptView; from: PromptVersionView };

async function Editor({ ctx, prompt, from }: EditorProps) {
  const models = (await listModels(ctx, { limit: 100 })).data;
  return (
    <DraftEditor
      key={`${from.id} ${from.status}`}
      app={prompt.app_id}
      prompt={prompt.id}
      from={from}
      models={models
        .filter(({ archived, id }) => !archived || id === from.model.id)
        .map(({ id, name }) => ({ id, name }))}
      rewrite={updateDraftAction}
      save={saveVersionAction}
    />
  );
}

function orNotFound(error: unknown): never {
  if (error instanceof DomainError && error.kind === "not_found") notFound();
  throw error;
}
