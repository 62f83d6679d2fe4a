import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { NoPermission } from "@/components/identity/no-permission";
import { FigureTiles } from "@/components/reviewers/figure-tiles";
import { GoldSection } from "@/components/reviewers/gold-section";
import { ReviewersTable } from "@/components/reviewers/reviewers-table";
import { ButtonLink } from "@/components/ui/button-link";
import { Page } from "@/components/ui/page";
import { PageHeader } from "@/components/ui/page-header";
import { LinkTabs } from "@/components/ui/tabs";
import { matrix, roleMay } from "@/lib/identity/matrix";
import { userContext } from "@/lib/identity/server/user-context";
import { listGold } from "@/lib/reviews/server/list-gold";
import { listLedQueues, type LedQueueRow } from "@/lib/reviews/server/list-led-queues";
import { listQueueReviewers } from "@/lib/reviews/server/list-queue-reviewers";
import { proposeGold } from "@/lib/reviews/server/propose-gold";
import { markGoldAction, retireGoldAction } from "./actions";

export const metadata: Metadata = { title: "Reviewers" };

type Search = Promise<Record<string, string | string[] | undefined>>;
const days = 90;

export default async function ReviewersPage({ searchParams }: { searchParams: Search }) {
  const ctx = await userContext();
  const { role } = ctx.actor;
  if (!roleMay(role, "reviewers.read")) {
    return (
      <Page>
        <NoPermission what="Reviewers’ figures" roles={matrix["reviewers.read"].roles} />
      </Page>
    );
  }
  const search = await searchParams;
  const queues = await listLedQueues(ctx);
  const queue = queues.find(({ key }) => key === search.queue) ?? queues[0];
  if (!queue) redirect("/reviewers/me");
  const params = { queue: queue.key };
  const starting_after = typeof search.after === "string" ? search.after : undefined;
  const [seen, gold, proposed] = await Promise.all([
    listQueueReviewers(ctx, { params, query: { days } }),
    listGold(ctx, { params, query: { limit: 25, starting_after } }),
    proposeGold(ctx, { params }),
  ]);
  return (
    <Page>
      <PageHeader
        title="Reviewers"
        description="How rulings held up where the right answer is known. For talking with one person, never for ranking people."
        actions={
          roleMay(role, "reviewers.own") ? (
            <ButtonLink href="/reviewers/me">How you are doing</ButtonLink>
          ) : null
        }
      />
      {queues.length > 1 ? (
        <LinkTabs
          label="Queues"
          tabs={queues.map(({ key, name }) => ({
            href: `/reviewers?queue=${encodeURIComponent(key)}`,
            label: name,
            current: key === queue.key,
          }))}
        />
      ) : null}
      <p className="text-sm text-muted-foreground">
        {ratesText(queue)}{" "}
        {seen.named
          ? "Names are yours to see because you lead this queue."
          : "You do not lead this queue: names are pseudonyms."}
      </p>
      <section aria-labelledby="all" className="flex min-w-0 flex-col gap-3">
        <h2 id="all" className="text-md font-semibold">
          {queue.name}, the last {days} days
        </h2>
        <FigureTiles figures={seen.all} who="Reviewers" />
      </section>
      <section aria-labelledby="each" className="flex min-w-0 flex-col gap-3">
        <h2 id="each" className="text-md font-semibold">
          Each reviewer
        </h2>
        <ReviewersTable reviewers={seen.reviewers} withheld={seen.withheld} />
      </section>
      <GoldSection
        queue={queue}
        items={gold.data}
        nextHref={gold.has_more ? nextOf(queue.key, gold.data.at(-1)?.id) : undefined}
        proposals={proposed.data}
        mark={markGoldAction}
        retire={retireGoldAction}
      />
    </Page>
  );
}

function nextOf(queue: string, after: string | undefined): string {
  return `/reviewers?${new URLSearchParams({ queue, after: after ?? "" }).toString()}`;
}

function ratesText({ name, gold_rate, double_rate, dwell_seconds }: LedQueueRow): string {
  const percent = (rate: number) => `${Number((rate * 100).toFixed(1))} %`;
  const parts = [
    gold_rate > 0
      ? `known answers are mixed in at ${percent(gold_rate)} of arrivals`
      : "no known answers are mixed in",
    double_rate > 0
      ? `${percent(double_rate)} of verdicts get a second look`
      : "no verdict gets a second look",
    ...(dwell_seconds > 0 ? [`high amounts need ${dwell_seconds} s of a look`] : []),
  ];
  return `In ${name}, ${parts.join("; ")}.`;
}
