import { notFound } from "next/navigation";
import { NoPermission } from "@/components/identity/no-permission";
import { NewReplayForm } from "@/components/replays/new-replay-form";
import { newDraft } from "@/components/replays/replay-draft";
import { Page } from "@/components/ui/page";
import { PageHeader } from "@/components/ui/page-header";
import { getApp } from "@/lib/apps/server/get-app";
import { listDecisionTypes } from "@/lib/apps/server/list-decision-types";
import { listReplayableDrafts } from "@/lib/autonomy/server/list-replayable-drafts";
import { matrix, roleMay } from "@/lib/identity/matrix";
import { userContext } from "@/lib/identity/server/user-context";
import { DomainError } from "@/lib/kernel/errors";
import { createReplayAction } from "../actions";
import { titledOfApp } from "../../titled-of-app";

export const generateMetadata = titledOfApp("New replay");

type Props = {
  params: Promise<{ id: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

export default async function NewReplayPage({ params, searchParams }: Props) {
  const [ctx, { id }, asked] = [await userContext(), await params, await searchParams];
  if (!roleMay(ctx.actor.role, "replays.run")) {
    return <NoPermission what="new replays" roles={matrix["replays.run"].roles} />;
  }
  const app = await getApp(ctx, { app: id }).catch(orNotFound);
  const [types, drafts] = await Promise.all([
    listDecisionTypes(ctx, { limit: 100, archived: false }),
    listReplayableDrafts(ctx, { app: app.id }),
  ]);
  return (
    <Page>
      <PageHeader
        back={{ href: `/apps/${app.id}/replays`, label: "Replays" }}
        title="New replay"
        description={`Says where past decisions of ${app.name} would have gone, what that would have saved and cost, and what nobody can know.`}
      />
      <NewReplayForm
        appId={app.id}
        types={types.data.map(({ key, name }) => ({ key, name }))}
        drafts={drafts}
        initial={newDraft(asked)}
        create={createReplayAction}
      />
    </Page>
  );
}

function orNotFound(error: unknown): never {
  if (error instanceof DomainError && error.kind === "not_found") notFound();
  throw error;
}
