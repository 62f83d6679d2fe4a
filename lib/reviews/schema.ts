export { reviewStatuses, verdicts, type ReviewStatus, type Verdict } from "@/lib/kernel/statuses";

export const reviewKinds = ["approval", "second", "appeal", "reconcile", "discrepancy"] as const;
export type ReviewKind = (typeof reviewKinds)[number];
