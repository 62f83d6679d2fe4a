import type { Metadata } from "next";
import { NoPermission } from "@/components/identity/no-permission";
import { SettingsSection } from "@/components/identity/settings-section";
import { ModelCard } from "@/components/models/model-card";
import { NewModelDialog } from "@/components/models/model-dialog";
import { ButtonLink } from "@/components/ui/button-link";
import { Card } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { matrix, roleMay } from "@/lib/identity/matrix";
import { userContext } from "@/lib/identity/server/user-context";
import { listModels } from "@/lib/models/server/list-models";
import { listTrained } from "@/lib/models/server/list-trained";
import { createModelAction, testModelAction, updateModelAction } from "./actions";

export const metadata: Metadata = { title: "Models" };

type Props = { searchParams: Promise<{ after?: string | string[] }> };

export default async function ModelsPage({ searchParams }: Props) {
  const ctx = await userContext();
  const { role } = ctx.actor;
  if (!roleMay(role, "models.read"))
    return <NoPermission what="models" roles={matrix["models.read"].roles} />;
  const { after } = await searchParams;
  const models = await listModels(ctx, {
    limit: 25,
    starting_after: typeof after === "string" ? after : undefined,
  });
  const trained = await listTrained(ctx);
  const mayWrite = roleMay(role, "models.write");
  return (
    <SettingsSection
      title="Models"
      description="What prompts, judges and the LLM auditor are answered by. Personal data is masked in what is sent unless a model may see it."
      actions={mayWrite ? <NewModelDialog trained={trained} create={createModelAction} /> : null}
    >
      {models.data.length === 0 ? (
        <Card>
          <EmptyState title="No model yet">
            Add OpenAI, an endpoint that speaks its API, or a model that was trained here and needs no key.
          </EmptyState>
        </Card>
      ) : null}
      {models.data.map((model) => (
        <ModelCard
          key={model.id}
          model={model}
          trained={trained}
          update={mayWrite ? updateModelAction : undefined}
          test={mayWrite ? testModelAction : undefined}
        />
      ))}
      {models.has_more ? (
        <ButtonLink href={`/settings/models?after=${models.data.at(-1)?.id}`} className="self-center">
          Load more
        </ButtonLink>
      ) : null}
    </SettingsSection>
  );
}
