import { ButtonLink } from "@/components/ui/button-link";
import { EmptyState } from "@/components/ui/empty-state";

export default function NoSuchReview() {
  return (
    <EmptyState
      title="There is no such review"
      action={<ButtonLink href="/inbox">Back to the inbox</ButtonLink>}
    >
      The address may have been cut off, or it belongs to another organisation.
    </EmptyState>
  );
}
