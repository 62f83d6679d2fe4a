import { notFound } from "next/navigation";
import { ArchiveQueue } from "@/components/queues/archive-queue";
import { MembersCard } from "@/components/queues/members-card";
import { QueueForm } from "@/components/queues/queue-form";
import { QueueStatsCard } from "@/components/queues/queue-stats-card";
import { Badge } from "@/components/ui/badge";
import { ButtonLink } from "@/components/ui/button-link";
import { Page } from "@/components/ui/page";
import { PageHeader } from "@/components/ui/page-header";
import { roleMay } from "@/lib/identity/matrix";
import { userContext } from "@/lib/identity/server/user-context";
import { DomainError } from "@/lib/kernel/errors";
import { getQueue } from "@/lib/reviews/server/get-queue";
import { getQueueStats } from "@/lib/reviews/server/get-queue-stats";
import { listPeople } from "@/lib/reviews/server/list-people";
import { listQueueMembers } from "@/lib/reviews/server/list-queue-members";
import { listQueues } from "@/lib/reviews/server/list-queues";
import {
  setAwayAction,
  setQueueMembersAction,
  setSkillsAction,
  tryQueueRuleAction,
  updateQueueAction,
} from "../actions";
import { titled } from "../../titled";

export const generateMetadata = titled(
  "Queue",
  async (ctx, { id }: { id: string }) => (await getQueue(ctx, { queue: id })).name,
);

type Props = { params: Promise<{ id: string }> };

export default async function QueuePage({ params }: Props) {
  const [ctx, { id }] = [await userContext(), await params];
  const queue = await getQueue(ctx, { queue: id }).catch(orNotFound);
  const [stats, members, others] = await Promise.all([
    getQueueStats(ctx, { queue: queue.id }),
    listQueueMembers(ctx, { queue: queue.id }),
    listQueues(ctx, { limit: 100, archived: false }),
  ]);
  const mayWrite = roleMay(ctx.actor.role, "queues.write");
  const manages = mayWrite || queue.leads;
  const manage = manages
    ? {
        people: (await listPeople(ctx)).data,
        mayLead: mayWrite,
        ownId: ctx.actor.id,
        setMembers: setQueueMembersAction,
        setSkills: setSkillsAction,
        setAway: setAwayAction,
      }
    : undefined;
  return (
    <Page width="wide">
      <PageHeader
        back={{ href: "/queues", label: "Queues" }}
        title={queue.name}
        description={queue.description}
        badges={
          <>
            {queue.archived_at ? <Badge tone="idle">Archived</Badge> : null}
            {queue.leads ? <Badge tone="accent">You lead it</Badge> : null}
          </>
        }
        actions={
          <>
            {mayWrite ? <ArchiveQueue queue={queue} save={updateQueueAction} /> : null}
            <ButtonLink href={`/inbox?queue=${queue.key}`}>Open in the inbox</ButtonLink>
          </>
        }
      />
      <div className="grid items-start gap-4 lg:grid-cols-[minmax(0,1fr)_22rem]">
        <QueueForm
          key={queue.version}
          queue={queue}
          others={others.data
            .filter((other) => other.id !== queue.id)
            .map(({ id: otherId, name }) => ({ id: otherId, name }))}
          save={mayWrite ? updateQueueAction : undefined}
          tryRule={tryQueueRuleAction}
        />
        <div className="flex flex-col gap-4 max-lg:order-first">
          <QueueStatsCard stats={stats} />
          <MembersCard
            key={members.data.map(({ id: memberId, lead }) => `${memberId}${lead}`).join()}
            queue={queue}
            members={members.data}
            manage={manage}
          />
        </div>
      </div>
    </Page>
  );
}

function orNotFound(error: unknown): never {
  if (error instanceof DomainError && error.kind === "not_found") notFound();
  throw error;
}
