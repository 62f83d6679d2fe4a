import type { Metadata } from "next";
import { LiveRefresh } from "@/components/execution/live-refresh";
import { NewQueueDialog } from "@/components/queues/new-queue-dialog";
import { QueuesTable } from "@/components/queues/queues-table";
import { Page } from "@/components/ui/page";
import { PageHeader } from "@/components/ui/page-header";
import { roleMay } from "@/lib/identity/matrix";
import { userContext } from "@/lib/identity/server/user-context";
import { listQueues } from "@/lib/reviews/server/list-queues";
import { createQueueAction } from "./actions";

export const metadata: Metadata = { title: "Queues" };

type Props = { searchParams: Promise<{ after?: string | string[]; archived?: string | string[] }> };

export default async function QueuesPage({ searchParams }: Props) {
  const ctx = await userContext();
  const { after, archived } = await searchParams;
  const starting_after = typeof after === "string" ? after : undefined;
  const queues = await listQueues(ctx, { limit: 50, starting_after, archived: archived === "1" });
  const create = roleMay(ctx.actor.role, "queues.write") ? createQueueAction : undefined;
  const kept = archived === "1" ? "&archived=1" : "";
  return (
    <Page width="wide">
      <LiveRefresh events={["queue."]} />
      <PageHeader
        title="Queues"
        description="Where reviews wait: which come here, who is asked, until when. Rules are asked from the top."
        actions={create ? <NewQueueDialog create={create} /> : null}
      />
      <QueuesTable
        queues={queues.data}
        create={create}
        nextHref={queues.has_more ? `/queues?after=${queues.data.at(-1)?.id}${kept}` : undefined}
      />
      <p className="text-sm text-muted-foreground">
        <a
          href={archived === "1" ? "/queues" : "/queues?archived=1"}
          className="underline underline-offset-2"
        >
          {archived === "1" ? "Only those in use" : "Archived ones too"}
        </a>
      </p>
    </Page>
  );
}
