import { ButtonLink } from "@/components/ui/button-link";
import { EmptyState } from "@/components/ui/empty-state";

export default function NoSuchMonitor() {
  return (
    <EmptyState title="There is no such monitor" action={<ButtonLink href="/alerts">All alerts</ButtonLink>}>
      The address may have been cut off, or it is not there any more.
    </EmptyState>
  );
}
