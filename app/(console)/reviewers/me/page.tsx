import type { Metadata } from "next";
import { NoPermission } from "@/components/identity/no-permission";
import { FigureTiles } from "@/components/reviewers/figure-tiles";
import { Page } from "@/components/ui/page";
import { PageHeader } from "@/components/ui/page-header";
import { matrix, roleMay } from "@/lib/identity/matrix";
import { userContext } from "@/lib/identity/server/user-context";
import { getMyFigures } from "@/lib/reviews/server/get-my-figures";

export const metadata: Metadata = { title: "How you are doing" };

const days = 90;

export default async function MyFiguresPage() {
  const ctx = await userContext();
  if (!roleMay(ctx.actor.role, "reviewers.own")) {
    return (
      <Page>
        <NoPermission what="Figures of one’s own rulings" roles={matrix["reviewers.own"].roles} />
      </Page>
    );
  }
  const figures = await getMyFigures(ctx, { query: { days } });
  return (
    <Page>
      <PageHeader
        title="How you are doing"
        description={`Your own rulings of the last ${days} days. Only you and whoever leads your queues see this; nobody is ranked.`}
      />
      <FigureTiles figures={figures} who="You" />
      <section
        aria-labelledby="how"
        className="flex max-w-prose flex-col gap-2 text-sm text-muted-foreground"
      >
        <h2 id="how" className="text-md font-semibold text-foreground">
          Where this comes from
        </h2>
        <p>
          Now and then a review is a past case whose right answer is known, or one that a colleague has
          answered before. It looks like any other, nothing is carried out by it, and it counts in nothing but
          these figures.
        </p>
        <p>
          A few cases say little: a figure is given once there are enough of them, and always with its
          interval. Noticing a wrong proposal matters more than being quick.
        </p>
      </section>
    </Page>
  );
}
