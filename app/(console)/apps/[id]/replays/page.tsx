import { notFound } from "next/navigation";
import { NoPermission } from "@/components/identity/no-permission";
import { ReplaysTable } from "@/components/replays/replays-table";
import { ButtonLink } from "@/components/ui/button-link";
import { Page } from "@/components/ui/page";
import { PageHeader } from "@/components/ui/page-header";
import { getApp } from "@/lib/apps/server/get-app";
import { listReplays } from "@/lib/autonomy/server/list-replays";
import { matrix, roleMay } from "@/lib/identity/matrix";
import { userContext } from "@/lib/identity/server/user-context";
import { DomainError } from "@/lib/kernel/errors";
import { titledOfApp } from "../titled-of-app";

export const generateMetadata = titledOfApp("Replays");

type Props = { params: Promise<{ id: string }>; searchParams: Promise<{ after?: string | string[] }> };

export default async function ReplaysPage({ params, searchParams }: Props) {
  const [ctx, { id }, { after }] = [await userContext(), await params, await searchParams];
  if (!roleMay(ctx.actor.role, "replays.read")) {
    return <NoPermission what="replays" roles={matrix["replays.read"].roles} />;
  }
  const app = await getApp(ctx, { app: id }).catch(orNotFound);
  const starting_after = typeof after === "string" ? after : undefined;
  const replays = await listReplays(ctx, { app: app.id, limit: 25, starting_after });
  const mayRun = roleMay(ctx.actor.role, "replays.run");
  return (
    <Page>
      <PageHeader
        back={{ href: `/apps/${app.id}`, label: app.name }}
        title="Replays"
        description="Past decisions, routed again under a draft threshold or policy before anybody puts it in force. Nothing of the past changes."
        actions={
          mayRun ? (
            <ButtonLink href={`/apps/${app.id}/replays/new`} variant="primary">
              New replay
            </ButtonLink>
          ) : null
        }
      />
      <ReplaysTable appId={app.id} replays={replays} after={starting_after} mayRun={mayRun} />
    </Page>
  );
}

function orNotFound(error: unknown): never {
  if (error instanceof DomainError && error.kind === "not_found") notFound();
  throw error;
}
