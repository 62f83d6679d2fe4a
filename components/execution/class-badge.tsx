import type { ConnectorClass } from "@/lib/apps/schema";
import { classWords } from "@/lib/execution/words";

/** A connector's class in words; the letter alone means nothing to most people. */
export function ClassBadge({ connectorClass }: { connectorClass: ConnectorClass }) {
  return (
    <span className="text-xs text-muted-foreground" title={`Class ${connectorClass}`}>
      {classWords[connectorClass]}
    </span>
  );
}
