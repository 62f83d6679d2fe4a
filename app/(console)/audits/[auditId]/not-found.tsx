import { ButtonLink } from "@/components/ui/button-link";
import { EmptyState } from "@/components/ui/empty-state";
import { Page } from "@/components/ui/page";
import { PageHeader } from "@/components/ui/page-header";

export default function AuditNotFound() {
  return (
    <Page>
      <PageHeader title="Audit" />
      <EmptyState
        title="There is no such audit"
        action={<ButtonLink href="/audits">See the audits</ButtonLink>}
      >
        The address may be cut off, or it belongs to somebody else.
      </EmptyState>
    </Page>
  );
}
