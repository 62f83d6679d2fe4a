import { NoPermission } from "@/components/identity/no-permission";
import { FilesTable } from "@/components/learning/files-table";
import { LearningTabs } from "@/components/learning/learning-tabs";
import { NewFilesForm } from "@/components/learning/new-files-form";
import { NoTypes } from "@/components/learning/no-types";
import { ButtonLink } from "@/components/ui/button-link";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { Page } from "@/components/ui/page";
import { PageHeader } from "@/components/ui/page-header";
import { matrix, roleMay } from "@/lib/identity/matrix";
import { userContext } from "@/lib/identity/server/user-context";
import { listLearningExports } from "@/lib/learning/server/list-learning-exports";
import { listPrompts } from "@/lib/prompts/server/list-prompts";
import { cancelLearningExportAction, createLearningExportAction } from "../actions";
import { learningOf, type LearningSearch } from "../learning-of";
import { titledOfApp } from "../../titled-of-app";

export const generateMetadata = titledOfApp("Training files");

type Props = { params: Promise<{ id: string }>; searchParams: Promise<LearningSearch> };

export default async function TrainingFilesPage({ params, searchParams }: Props) {
  const [ctx, { id }, search] = [await userContext(), await params, await searchParams];
  if (!roleMay(ctx.actor.role, "learning.read"))
    return <NoPermission what="Training files" roles={matrix["learning.read"].roles} />;
  const { app, types, type } = await learningOf(ctx, id, search);
  const starting_after = typeof search.after === "string" ? search.after : undefined;
  const exports = await listLearningExports(ctx, { app: app.id, type: type?.id, limit: 25, starting_after });
  const mayMake = roleMay(ctx.actor.role, "learning.export");
  const prompts = type ? (await listPrompts(ctx, { app: app.id, archived: true })).data : [];
  return (
    <Page>
      <PageHeader
        back={{ href: `/apps/${app.id}`, label: app.name }}
        title="Training files"
        description="What people ruled on, written for training elsewhere. Known answers and blind reviews stand in the test file alone; a manifest says who, what and how."
      />
      <LearningTabs appId={app.id} types={types} type={type?.key} current="files" />
      {type && mayMake ? (
        <Card aria-labelledby="new-files-title">
          <CardHeader id="new-files-title" title="New training files" />
          <CardBody>
            <NewFilesForm
              app={app.id}
              type={type.key}
              prompts={prompts
                .filter((prompt) => prompt.type.key === type.key)
                .flatMap(({ versions }) => versions)
                .map(({ id: version, name }) => ({ id: version, name }))}
              create={createLearningExportAction}
            />
          </CardBody>
        </Card>
      ) : null}
      {type ? (
        <FilesTable exports={exports.data} cancel={mayMake ? cancelLearningExportAction : undefined} />
      ) : (
        <NoTypes />
      )}
      {exports.has_more && type ? (
        <ButtonLink
          href={`/apps/${app.id}/learning/files?type=${encodeURIComponent(type.key)}&after=${exports.data.at(-1)?.id}`}
        >
          Older files
        </ButtonLink>
      ) : null}
    </Page>
  );
}
