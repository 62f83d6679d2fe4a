/** How a plan chooses: each alike; by confidence and action; what a policy touched; one segment. */
export const planKinds = ["random", "stratified", "policy_hit", "segment"] as const;
export type PlanKind = (typeof planKinds)[number];

/** `draft` until drawn; a plan is drawn once. */
export const planStatuses = ["draft", "drawn", "closed"] as const;
export type PlanStatus = (typeof planStatuses)[number];

/** Routes a plan may draw from; what is in shadow has done nothing that could be judged. */
export const planRoutes = ["execute", "decline", "review"] as const;

/** How many auditors may be asked for one audit. */
export const mostJudges = 5;
