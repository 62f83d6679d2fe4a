import { ButtonLink } from "@/components/ui/button-link";
import { EmptyState } from "@/components/ui/empty-state";
import { Page } from "@/components/ui/page";
import { PageHeader } from "@/components/ui/page-header";

export default function SubjectNotFound() {
  return (
    <Page>
      <PageHeader title="Case" />
      <EmptyState
        title="Nothing was ever decided about it"
        action={<ButtonLink href="/decisions">See the decisions</ButtonLink>}
      >
        The address may be cut off, or no app has named this subject yet.
      </EmptyState>
    </Page>
  );
}
