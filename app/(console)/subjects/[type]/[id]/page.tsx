import { notFound } from "next/navigation";
import { z } from "zod";
import { SubjectSite } from "@/components/decisions/subject-site";
import { SubjectTimeline } from "@/components/decisions/subject-timeline";
import { SubjectTotals } from "@/components/decisions/subject-totals";
import { ButtonLink } from "@/components/ui/button-link";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { Page } from "@/components/ui/page";
import { PageHeader } from "@/components/ui/page-header";
import { UntrustedInline } from "@/components/ui/untrusted-text";
import { subjectAddress } from "@/lib/decisions/subject-address";
import type { SubjectView } from "@/lib/decisions/subjects";
import { getSubject } from "@/lib/decisions/server/get-subject";
import { userContext, type UserContext } from "@/lib/identity/server/user-context";
import { DomainError } from "@/lib/kernel/errors";
import { fieldWords } from "@/lib/kernel/field-words";
import { titled } from "../../../titled";

export const generateMetadata = titled(
  "Case",
  async (_, { type, id }: { type: string; id: string }) => `${fieldWords(plain(type))} ${plain(id)}`,
);

type Props = {
  params: Promise<{ type: string; id: string }>;
  searchParams: Promise<{ after?: string | string[] }>;
};
const Cursor = z.string().max(64).optional().catch(undefined);
const shown = 50;

export default async function SubjectPage({ params, searchParams }: Props) {
  const [ctx, subject, after] = [await userContext(), await params, Cursor.parse((await searchParams).after)];
  const named = { type: plain(subject.type), id: plain(subject.id) };
  const found = await subjectOrNotFound(ctx, named, after);
  const { decisions, totals } = found;
  const last = decisions.data.at(-1);
  return (
    <Page width="wide">
      <PageHeader
        back={{ href: "/decisions", label: "Decisions" }}
        title={<UntrustedInline text={`${fieldWords(found.type)} ${found.id}`} />}
        description={
          <>
            Everything decided about it, by every app, newest first. <SubjectSite url={found.url} />
          </>
        }
      />
      <SubjectTotals totals={totals} />
      <Card>
        <CardHeader
          title="What happened"
          description={after ? "Older decisions." : `${totals.decisions.toLocaleString("en")} in all.`}
        />
        <CardBody className="flex flex-col gap-4">
          <SubjectTimeline decisions={decisions.data} />
          <div className="flex justify-center gap-2">
            {after ? <ButtonLink href={subjectAddress(found)}>To the newest</ButtonLink> : null}
            {decisions.has_more && last ? (
              <ButtonLink href={`${subjectAddress(found)}?after=${last.id}`}>Older</ButtonLink>
            ) : null}
          </div>
        </CardBody>
      </Card>
    </Page>
  );
}

// The address spells them with escapes; what is no escape stands for itself.
function plain(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

async function subjectOrNotFound(
  ctx: UserContext,
  params: { type: string; id: string },
  after: string | undefined,
): Promise<SubjectView> {
  try {
    const query = { limit: shown, ...(after === undefined ? {} : { starting_after: after }) };
    return await getSubject(ctx, { params, query });
  } catch (error) {
    if (error instanceof DomainError && error.kind === "not_found") notFound();
    throw error;
  }
}
