import type { Metadata } from "next";
import { DriftReferenceCard } from "@/components/monitors/drift-references";
import { ButtonLink } from "@/components/ui/button-link";
import { EmptyState } from "@/components/ui/empty-state";
import { Page } from "@/components/ui/page";
import { PageHeader } from "@/components/ui/page-header";
import { roleMay } from "@/lib/identity/matrix";
import { userContext } from "@/lib/identity/server/user-context";
import { listDriftReferences } from "@/lib/monitors/server/list-drift-references";
import { setDriftReferenceAction } from "../actions";

export const metadata: Metadata = { title: "Drift references" };

type Props = { searchParams: Promise<{ after?: string | string[] }> };

export default async function DriftReferencesPage({ searchParams }: Props) {
  const [ctx, { after }] = [await userContext(), await searchParams];
  const { data, has_more } = await listDriftReferences(ctx, {
    limit: 50,
    starting_after: typeof after === "string" ? after : undefined,
  });
  const last = data.at(-1);
  const set = roleMay(ctx.actor.role, "monitors.write") ? setDriftReferenceAction : undefined;
  return (
    <Page width="reading">
      <PageHeader
        back={{ href: "/alerts", label: "Alerts" }}
        title="Drift references"
        description="What each app’s decisions of a day are compared with. Pinned, a slow shift adds up until it is seen; moving along, it is taken for usual."
        actions={<ButtonLink href="/evaluation?tab=drift">See the drift</ButtonLink>}
      />
      {data.length === 0 ? (
        <EmptyState title="Nothing has been compared yet">
          A day with 100 decisions of an app is compared in the night after it.
        </EmptyState>
      ) : (
        data.map((reference) => (
          <DriftReferenceCard
            key={`${reference.app_id}/${reference.type_id}`}
            reference={reference}
            set={set}
          />
        ))
      )}
      {has_more && last ? (
        <ButtonLink href={`/alerts/drift?after=${encodeURIComponent(`${last.app_id}/${last.type_id}`)}`}>
          More
        </ButtonLink>
      ) : null}
    </Page>
  );
}
