import { ButtonLink } from "@/components/ui/button-link";
import { EmptyState } from "@/components/ui/empty-state";
import { Page } from "@/components/ui/page";
import { PageHeader } from "@/components/ui/page-header";

export default function IssueNotFound() {
  return (
    <Page>
      <PageHeader title="Issue" />
      <EmptyState
        title="There is no such issue"
        action={<ButtonLink href="/issues">See the issues</ButtonLink>}
      >
        The address may be cut off, or it belongs to somebody else.
      </EmptyState>
    </Page>
  );
}
