import { Card } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";

/** Said where an app has nothing to learn about. */
export function NoTypes() {
  return (
    <Card>
      <EmptyState title="No decision types yet">
        Labels belong to a decision type: this app learns once it submits decisions of one.
      </EmptyState>
    </Card>
  );
}
