// The one place that gathers every room's tables, for the client and the migration generator.
export * from "./orgs";
export * from "./apps";
export * from "./identity";
export * from "./decisions";
export * from "./reviews";
export * from "./four-eyes";
export * from "./review-memory";
export * from "./execution";
export * from "./limits";
export * from "./audits";
export * from "./feedback";
export * from "./notices";
export * from "./exports";
export * from "./policies";
export * from "./autonomy";
