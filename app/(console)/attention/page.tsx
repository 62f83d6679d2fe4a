import { Inbox } from "lucide-react";
import type { Metadata } from "next";
import { AppHoursTable } from "@/components/attention/app-hours-table";
import { QueueCard } from "@/components/attention/queue-card";
import { ThresholdTable } from "@/components/attention/threshold-table";
import { EmptyState } from "@/components/ui/empty-state";
import { Page } from "@/components/ui/page";
import { PageHeader } from "@/components/ui/page-header";
import { getAttention } from "@/lib/evaluations/server/get-attention";
import { userContext } from "@/lib/identity/server/user-context";

export const metadata: Metadata = { title: "Attention" };

export default async function AttentionPage() {
  const { queues, thresholds, hours_by_app, looked_at } = await getAttention(await userContext());
  return (
    <Page>
      <PageHeader
        title="Attention"
        description="What arrives and how long it takes, against the hours people have."
      />
      <section aria-label="Queues" className="grid gap-3 xl:grid-cols-2">
        {queues.length === 0 ? (
          <div className="rounded-card border bg-card">
            <EmptyState title="No queues yet" icon={Inbox}>
              Once decisions come to people, what they need of people’s time stands here.
            </EmptyState>
          </div>
        ) : null}
        {queues.map((queue) => (
          <QueueCard key={queue.queue.id} queue={queue} />
        ))}
      </section>
      <section aria-labelledby="thresholds" className="flex min-w-0 flex-col gap-3">
        <div>
          <h2 id="thresholds" className="text-md font-semibold">
            What would another threshold cost?
          </h2>
          <p className="max-w-prose text-sm text-muted-foreground">
            From the last 7 days’ proposals near each threshold. Wrong acts are reckoned from labels within
            0.05 of it, weighted by the chance each was made with, and with the 95 % interval; a person is
            taken to catch them.
          </p>
        </div>
        <ThresholdTable thresholds={thresholds} />
      </section>
      <section aria-labelledby="hours" className="flex min-w-0 flex-col gap-3">
        <h2 id="hours" className="text-md font-semibold">
          Where did people’s hours go?
        </h2>
        <AppHoursTable apps={hours_by_app} />
        <p className="max-w-prose text-xs text-muted-foreground">
          {looked_at}. A look that outlasts the lease counts as the lease; somebody in several queues gives
          each an even part of the day, and a day’s hours are spread evenly over it.
        </p>
      </section>
    </Page>
  );
}
