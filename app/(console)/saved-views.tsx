import { ViewsMenu } from "@/components/views/views-menu";
import { listSavedViews } from "@/lib/identity/server/list-saved-views";
import type { UserContext } from "@/lib/identity/server/user-context";
import type { ViewPage } from "@/lib/identity/view-query";
import { changeViewAction, deleteViewAction, saveViewAction } from "./view-actions";

const actions = { save: saveViewAction, change: changeViewAction, remove: deleteViewAction };

/** The menu of a list's saved filters. */
export async function SavedViews({ ctx, page }: { ctx: UserContext; page: ViewPage }) {
  const { data } = await listSavedViews(ctx, { page });
  return <ViewsMenu page={page} views={data} actions={actions} />;
}
