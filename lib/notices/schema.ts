export const channelKinds = ["email", "slack"] as const;

/** `webhook`: a message signed as Standard Webhooks says, to a monitor's own address. */
export const deliveryKinds = [...channelKinds, "webhook"] as const;
export type DeliveryKind = (typeof deliveryKinds)[number];

export const deliveryStatuses = ["pending", "sent", "failed", "cancelled"] as const;

/** `offered`: the link exists; `submitted`: they wrote; `upheld`: the decision stands; `overturned`: it was wrong. */
export const appealStatuses = [
  "offered",
  "submitted",
  "upheld",
  "overturned",
  "expired",
  "withdrawn",
] as const;
export type AppealStatus = (typeof appealStatuses)[number];
