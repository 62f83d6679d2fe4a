import { notFound } from "next/navigation";
import { NoPermission } from "@/components/identity/no-permission";
import { ReplayBoard } from "@/components/replays/replay-board";
import { Page } from "@/components/ui/page";
import { PageHeader } from "@/components/ui/page-header";
import { Time } from "@/components/ui/time";
import { draftWords, periodWords } from "@/lib/autonomy/replay-words";
import { getReplay } from "@/lib/autonomy/server/get-replay";
import { listFlipsOfReplay } from "@/lib/autonomy/server/list-flips-of-replay";
import { matrix, roleMay } from "@/lib/identity/matrix";
import { userContext } from "@/lib/identity/server/user-context";
import { DomainError } from "@/lib/kernel/errors";
import { cancelReplayAction, openFlipAction } from "../actions";
import { titled } from "../../../../titled";

export const generateMetadata = titled("Replay", async (ctx, { replayId }: { replayId: string }) =>
  draftWords(await getReplay(ctx, { replay: replayId })),
);

type Props = { params: Promise<{ id: string; replayId: string }> };

export default async function ReplayPage({ params }: Props) {
  const [ctx, { id, replayId }] = [await userContext(), await params];
  if (!roleMay(ctx.actor.role, "replays.read")) {
    return <NoPermission what="replays" roles={matrix["replays.read"].roles} />;
  }
  const replay = await getReplay(ctx, { replay: replayId }).catch(orNotFound);
  if (replay.app.id !== id && replay.app.key !== id) notFound();
  const flips = await listFlipsOfReplay(ctx, { replay: replayId, limit: 100 });
  return (
    <Page width="wide">
      <PageHeader
        back={{ href: `/apps/${replay.app.id}/replays`, label: "Replays" }}
        title={draftWords(replay)}
        description={
          <>
            Tried on {periodWords(replay)} of {replay.app.name}, asked for by {replay.created_by},{" "}
            <Time at={replay.created_at} />
          </>
        }
      />
      <ReplayBoard
        replay={replay}
        flips={flips.data}
        open={openFlipAction}
        cancel={roleMay(ctx.actor.role, "replays.run") ? cancelReplayAction : undefined}
      />
    </Page>
  );
}

function orNotFound(error: unknown): never {
  if (error instanceof DomainError && error.kind === "not_found") notFound();
  throw error;
}
