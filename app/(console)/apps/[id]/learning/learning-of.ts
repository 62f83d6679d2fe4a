import { notFound } from "next/navigation";
import { getApp } from "@/lib/apps/server/get-app";
import { listAutonomies } from "@/lib/apps/server/get-autonomy";
import { DomainError } from "@/lib/kernel/errors";
import type { Context } from "@/lib/server/context";

export type LearningSearch = { type?: string | string[]; after?: string | string[] };

/** The app and the decision type that a page of learning is about: the one in the address, or the app's first. */
export async function learningOf(ctx: Context, id: string, { type: asked }: LearningSearch) {
  const app = await getApp(ctx, { app: id }).catch(orNotFound);
  // What somebody has set first: of many types an app uses few.
  const autonomies = (await listAutonomies(ctx, { app: app.id })).toSorted(
    (a, b) => Number(b.version > 0) - Number(a.version > 0),
  );
  const types = autonomies.map(({ type, type_id, type_name }) => ({
    key: type,
    id: type_id,
    name: type_name,
  }));
  const type = typeof asked === "string" ? types.find(({ key }) => key === asked) : types[0];
  if (!type && asked !== undefined) notFound();
  return { app, types, type };
}

function orNotFound(error: unknown): never {
  if (error instanceof DomainError && error.kind === "not_found") notFound();
  throw error;
}
