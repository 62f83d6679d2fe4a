import { fromBoth, fromParams } from "@/lib/apps/server/handlers";
import { changeViewEndpoint, deleteViewEndpoint } from "@/lib/identity/saved-views";
import { apiContext } from "@/lib/identity/server/api-context";
import { changeView } from "@/lib/identity/server/change-view";
import { deleteView } from "@/lib/identity/server/delete-view";
import { serve } from "@/lib/server/serve";

export const PATCH = serve(changeViewEndpoint, apiContext, fromBoth(changeView));
export const DELETE = serve(deleteViewEndpoint, apiContext, fromParams(deleteView));
