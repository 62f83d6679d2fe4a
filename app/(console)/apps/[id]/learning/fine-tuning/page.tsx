import { NoPermission } from "@/components/identity/no-permission";
import { FineTuneCard } from "@/components/learning/fine-tune-card";
import { Follow } from "@/components/learning/follow";
import { LearningTabs } from "@/components/learning/learning-tabs";
import { NewFineTuneForm } from "@/components/learning/new-fine-tune-form";
import { ButtonLink } from "@/components/ui/button-link";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { Page } from "@/components/ui/page";
import { PageHeader } from "@/components/ui/page-header";
import { matrix, roleMay } from "@/lib/identity/matrix";
import { userContext } from "@/lib/identity/server/user-context";
import { listFineTunes } from "@/lib/learning/server/list-fine-tunes";
import { listLearningExports } from "@/lib/learning/server/list-learning-exports";
import { formatWords, isTuning } from "@/lib/learning/words";
import { listModels } from "@/lib/models/server/list-models";
import { cancelFineTuneAction, resolveFineTuneAction, startFineTuneAction } from "../actions";
import { learningOf, type LearningSearch } from "../learning-of";
import { titledOfApp } from "../../titled-of-app";

export const generateMetadata = titledOfApp("Fine-tuning");

type Props = { params: Promise<{ id: string }>; searchParams: Promise<LearningSearch> };

export default async function FineTuningPage({ params, searchParams }: Props) {
  const [ctx, { id }, search] = [await userContext(), await params, await searchParams];
  if (!roleMay(ctx.actor.role, "learning.read"))
    return <NoPermission what="Fine-tuning" roles={matrix["learning.read"].roles} />;
  const { app, types, type } = await learningOf(ctx, id, search);
  const starting_after = typeof search.after === "string" ? search.after : undefined;
  const place = { app: app.id, type: type?.id };
  const tunes = await listFineTunes(ctx, { ...place, limit: 10, starting_after });
  const exports = await listLearningExports(ctx, { ...place, limit: 50 });
  const models = await listModels(ctx, { limit: 100 });
  const files = exports.data
    .filter(({ status, format }) => status === "done" && (format === "sft" || format === "openai_dpo"))
    .map((one) => ({
      id: one.id,
      label: `${formatWords[one.format]}, ${one.created_at.slice(0, 16).replace("T", " ")}`,
    }));
  const remote = models.data.filter(({ provider }) => provider !== "local");
  const mayTrain = roleMay(ctx.actor.role, "learning.train");
  return (
    <Page>
      <PageHeader
        back={{ href: `/apps/${app.id}`, label: app.name }}
        title="Fine-tuning"
        description="Training files sent to a provider that speaks OpenAI's API. The model that comes of it decides nothing by itself: it begins in shadow."
      />
      <LearningTabs appId={app.id} types={types} type={type?.key} current="fine-tuning" />
      {mayTrain ? (
        <Card aria-labelledby="new-tune-title">
          <CardHeader id="new-tune-title" title="New fine-tuning job" />
          <CardBody>
            {files.length > 0 && remote.length > 0 ? (
              <NewFineTuneForm
                files={files}
                models={remote.map(({ id: model, name, model: theirs }) => ({
                  id: model,
                  name,
                  model: theirs,
                }))}
                start={startFineTuneAction}
              />
            ) : (
              <p className="text-sm text-muted-foreground">
                It takes training files in one of OpenAI&apos;s formats, and a model with an endpoint and a
                key (Settings, Models).
              </p>
            )}
          </CardBody>
        </Card>
      ) : null}
      {tunes.data.some(isTuning) ? <Follow /> : null}
      {tunes.data.length === 0 ? (
        <Card>
          <EmptyState title="Nothing was fine-tuned yet">
            Jobs stand here with what the provider says of them.
          </EmptyState>
        </Card>
      ) : null}
      {tunes.data.map((tune) => (
        <FineTuneCard
          key={tune.id}
          tune={tune}
          cancel={mayTrain ? cancelFineTuneAction : undefined}
          resolve={mayTrain ? resolveFineTuneAction : undefined}
        />
      ))}
      {tunes.has_more && type ? (
        <ButtonLink
          href={`/apps/${app.id}/learning/fine-tuning?type=${encodeURIComponent(type.key)}&after=${tunes.data.at(-1)?.id}`}
        >
          Older jobs
        </ButtonLink>
      ) : null}
    </Page>
  );
}
