"use client";

import { useState } from "react";
import { MembersDialog, type SetMembersAction } from "@/components/queues/members-dialog";
import { PersonDialog, type PersonActions } from "@/components/queues/person-dialog";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { Time } from "@/components/ui/time";
import type { ReviewerView } from "@/lib/reviews/passing";
import type { QueueMember, QueueView } from "@/lib/reviews/queues";

type Props = {
  queue: QueueView;
  members: QueueMember[];
  /** For leads and admins: every reviewer, and what they may set. */
  manage?: {
    people: ReviewerView[];
    setMembers: SetMembersAction;
    mayLead: boolean;
    ownId: string;
  } & PersonActions;
};

/** Who works on a queue, whether they are there, and how much they have to do. */
export function MembersCard({ queue, members, manage }: Props) {
  const [chosen, setChosen] = useState<QueueMember>();
  return (
    <Card aria-labelledby="queue-members">
      <CardHeader
        id="queue-members"
        title="Members"
        description={members.length === 0 ? "Nobody in particular: every reviewer works here." : undefined}
        actions={
          manage ? (
            <MembersDialog
              queue={queue}
              members={members}
              people={manage.people}
              mayLead={manage.mayLead}
              setMembers={manage.setMembers}
            />
          ) : undefined
        }
      />
      <CardBody>
        <ul className="flex flex-col divide-y">
          {members.map((member) => (
            <li key={member.id} className="flex items-start justify-between gap-3 py-2 first:pt-0 last:pb-0">
              <Member member={member} />
              {manage ? (
                <Button
                  size="sm"
                  variant="ghost"
                  aria-label={`Change ${member.name}`}
                  onClick={() => setChosen(member)}
                >
                  Change
                </Button>
              ) : null}
            </li>
          ))}
        </ul>
        {manage && chosen ? (
          <PersonDialog
            key={chosen.id}
            person={chosen}
            own={chosen.id === manage.ownId}
            setSkills={manage.setSkills}
            setAway={manage.setAway}
            onClose={() => setChosen(undefined)}
          />
        ) : null}
      </CardBody>
    </Card>
  );
}

function Member({ member }: { member: QueueMember }) {
  const { name, lead, skills, lacks, away_until, held, assigned } = member;
  return (
    <div className="flex min-w-0 flex-col gap-1">
      <p className="flex flex-wrap items-center gap-1.5 text-sm font-semibold">
        <span className="truncate">{name}</span>
        {lead ? <Badge tone="accent">Lead</Badge> : null}
        {away_until ? (
          <Badge tone="idle">
            Away, back <Time at={away_until} />
          </Badge>
        ) : null}
      </p>
      <p className="text-xs text-muted-foreground tabular-nums">
        {held} held · {assigned} kept for them
        {skills.length > 0 ? ` · ${skills.join(", ")}` : ""}
      </p>
      {lacks.length > 0 ? (
        <p className="text-xs text-review-text">Given nothing: lacks {lacks.join(", ")}</p>
      ) : null}
    </div>
  );
}
