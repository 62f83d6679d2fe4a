import type { FlipView } from "@/lib/autonomy/replay-views";
import type { DecisionRecord } from "@/lib/decisions/record";

/** A flip that somebody opened, with everything known of its decision. */
export type Opened = { flip: FlipView; record: DecisionRecord };
