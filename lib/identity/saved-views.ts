import { z } from "zod";
import { endpoint } from "@/lib/kernel/endpoint";
import { listOf } from "@/lib/kernel/list";
import { viewPages, viewQuery } from "./view-query";

/** Views of one person; and how many a list shows. */
export const mostViews = 100;

const Name = z.string().trim().min(1, "Give it a name").max(60, "At most 60 characters");
const Query = z
  .string()
  .max(2000, "At most 2000 characters")
  .transform(viewQuery)
  .describe("The page's query string without the question mark; paging is left out");

export const SavedView = z.object({
  id: z.string(),
  object: z.literal("saved_view"),
  page: z.enum(viewPages),
  name: z.string(),
  query: z.string(),
  shared: z.boolean(),
  mine: z.boolean(),
  owner: z.string(),
  created_at: z.string(),
});
export type SavedView = z.output<typeof SavedView>;

export const SaveView = z.strictObject({
  page: z.enum(viewPages),
  name: Name,
  query: Query,
  shared: z.boolean().default(false).describe("Everybody who may see the list finds it"),
});
export type SaveView = z.output<typeof SaveView>;

export const ViewRef = z.object({ id: z.string().min(1).max(64) });
const ViewChange = z.strictObject({
  name: Name.optional(),
  query: Query.optional(),
  shared: z.boolean().optional(),
});
export const ChangeView = ViewRef.extend(ViewChange.shape);
export type ChangeView = z.output<typeof ChangeView>;

export const ViewFilter = z.object({ page: z.enum(viewPages).optional() });
export type ViewFilter = z.output<typeof ViewFilter>;

const shared = { tag: "Saved views", security: "key", status: 200 } as const;
const one = { ...shared, path: "/api/v1/saved_views/{id}", params: ViewRef } as const;

export const listSavedViewsEndpoint = endpoint({
  ...shared,
  id: "listSavedViews",
  method: "GET",
  path: "/api/v1/saved_views",
  summary: "List saved views",
  description: `For people. Their own and those shared with them, by name; at most ${2 * mostViews}.`,
  query: ViewFilter,
  response: listOf(SavedView),
});
export const saveViewEndpoint = endpoint({
  ...shared,
  id: "saveView",
  method: "POST",
  path: "/api/v1/saved_views",
  summary: "Keep a list's filter under a name",
  body: SaveView,
  response: SavedView,
  status: 201,
  problems: { 409: "key_taken", 422: "validation_failed" },
});
export const changeViewEndpoint = endpoint({
  ...one,
  id: "changeView",
  method: "PATCH",
  summary: "Rename, share or set a saved view anew",
  description: "Its owner's to change.",
  body: ViewChange,
  response: SavedView,
  problems: { 404: "not_found", 409: "key_taken" },
});
export const deleteViewEndpoint = endpoint({
  ...one,
  id: "deleteView",
  method: "DELETE",
  summary: "Delete a saved view",
  description: "Its owner's to delete; a shared one also an admin's.",
  response: z.object({ id: z.string(), object: z.literal("saved_view"), deleted: z.literal(true) }),
  problems: { 404: "not_found" },
});

export const savedViewEndpoints = [
  listSavedViewsEndpoint,
  saveViewEndpoint,
  changeViewEndpoint,
  deleteViewEndpoint,
] as const;
