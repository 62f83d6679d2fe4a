/** Where the router sends a decision. Apart from the schemas, so that a chart's page loads no zod. */
export const routes = ["execute", "review", "decline", "shadow"] as const;
export type Route = (typeof routes)[number];
