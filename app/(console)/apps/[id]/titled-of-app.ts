import { getApp } from "@/lib/apps/server/get-app";
import { titled } from "../../titled";

/** The title of a page about one app. */
export const titledOfApp = (kind: string) =>
  titled(kind, async (ctx, { id }: { id: string }) => (await getApp(ctx, { app: id })).name);
