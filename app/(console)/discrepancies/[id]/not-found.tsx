import { ButtonLink } from "@/components/ui/button-link";
import { EmptyState } from "@/components/ui/empty-state";
import { Page } from "@/components/ui/page";
import { PageHeader } from "@/components/ui/page-header";

export default function DiscrepancyNotFound() {
  return (
    <Page>
      <PageHeader title="Discrepancy" />
      <EmptyState
        title="There is no such discrepancy"
        action={<ButtonLink href="/discrepancies">See the discrepancies</ButtonLink>}
      >
        The address may be cut off, or it belongs to somebody else.
      </EmptyState>
    </Page>
  );
}
