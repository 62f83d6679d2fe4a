import { SearchX } from "lucide-react";
import { ButtonLink } from "@/components/ui/button-link";
import { EmptyState } from "@/components/ui/empty-state";
import { Page } from "@/components/ui/page";
import { PageHeader } from "@/components/ui/page-header";

/** Inside the console the way on is beside it: no page of its own, no second logo. */
export default function NotFound() {
  return (
    <Page width="reading">
      <PageHeader title="There is nothing at this address" />
      <div className="rounded-card border bg-card">
        <EmptyState
          title="Not found"
          icon={SearchX}
          action={<ButtonLink href="/">Go to the overview</ButtonLink>}
        >
          It may have been moved or deleted, or it belongs to an organisation you are not signed in to.
        </EmptyState>
      </div>
    </Page>
  );
}
