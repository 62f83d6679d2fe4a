import { ButtonLink } from "@/components/ui/button-link";
import { EmptyState } from "@/components/ui/empty-state";

export default function NoSuchQueue() {
  return (
    <EmptyState title="There is no such queue" action={<ButtonLink href="/queues">All queues</ButtonLink>}>
      The address may have been cut off, or it belongs to another organisation.
    </EmptyState>
  );
}
