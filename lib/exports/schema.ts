/** The lists that can be taken out whole. */
export const exportKinds = ["decisions", "reviews", "audits", "executions"] as const;
export type ExportKind = (typeof exportKinds)[number];

export const exportFormats = ["csv", "jsonl"] as const;
export type ExportFormat = (typeof exportFormats)[number];

export const exportStatuses = ["pending", "running", "done", "failed", "cancelled"] as const;
export type ExportStatus = (typeof exportStatuses)[number];
