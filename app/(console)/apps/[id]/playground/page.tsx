import { notFound } from "next/navigation";
import { NoPermission } from "@/components/identity/no-permission";
import { jsonText } from "@/components/apps/json-text";
import { exampleInput } from "@/components/prompts/example-input";
import { Playground } from "@/components/prompts/playground";
import { statusWords } from "@/components/prompts/prompt-words";
import { ButtonLink } from "@/components/ui/button-link";
import { Card } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { Page } from "@/components/ui/page";
import { PageHeader } from "@/components/ui/page-header";
import { getApp } from "@/lib/apps/server/get-app";
import { getDecisionType } from "@/lib/apps/server/get-decision-type";
import { matrix, roleMay } from "@/lib/identity/matrix";
import { userContext } from "@/lib/identity/server/user-context";
import { DomainError } from "@/lib/kernel/errors";
import { listPrompts } from "@/lib/prompts/server/list-prompts";
import { tryPromptsAction } from "./actions";
import { titledOfApp } from "../titled-of-app";

export const generateMetadata = titledOfApp("Playground");

type Props = { params: Promise<{ id: string }> };

export default async function PlaygroundPage({ params }: Props) {
  const ctx = await userContext();
  const { id } = await params;
  const app = await getApp(ctx, { app: id }).catch(orNotFound);
  if (!roleMay(ctx.actor.role, "runs.try"))
    return <NoPermission what="the playground" roles={matrix["runs.try"].roles} />;
  const { data: prompts } = await listPrompts(ctx, { app: app.id });
  const [first] = prompts;
  return (
    <Page width="wide">
      <PageHeader
        back={{ href: `/apps/${app.id}/prompts`, label: `Prompts of ${app.name}` }}
        title="Playground"
        description="One input, asked of several versions side by side. It costs what the models cost and decides nothing."
      />
      {first ? (
        <Playground
          app={app.id}
          versions={prompts.flatMap(({ versions }) =>
            versions.slice(0, 20).map(({ id: version, name, status }) => ({
              id: version,
              name,
              state: statusWords[status].word.toLowerCase(),
              chosen: versions[0]?.id === version && prompts.length === 1,
            })),
          )}
          example={jsonText(exampleInput((await getDecisionType(ctx, { type: first.type.id })).input_schema))}
          run={tryPromptsAction}
        />
      ) : (
        <Card>
          <EmptyState
            title="There is nothing to ask"
            action={<ButtonLink href={`/apps/${app.id}/prompts/new`}>New prompt</ButtonLink>}
          >
            The app has no prompt yet.
          </EmptyState>
        </Card>
      )}
    </Page>
  );
}

function orNotFound(error: unknown): never {
  if (error instanceof DomainError && error.kind === "not_found") notFound();
  throw error;
}
