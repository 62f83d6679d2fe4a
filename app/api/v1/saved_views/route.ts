import { fromBody, fromQuery } from "@/lib/apps/server/handlers";
import { listSavedViewsEndpoint, saveViewEndpoint } from "@/lib/identity/saved-views";
import { apiContext } from "@/lib/identity/server/api-context";
import { listSavedViews } from "@/lib/identity/server/list-saved-views";
import { saveView } from "@/lib/identity/server/save-view";
import { serve } from "@/lib/server/serve";

export const GET = serve(listSavedViewsEndpoint, apiContext, fromQuery(listSavedViews));
export const POST = serve(saveViewEndpoint, apiContext, fromBody(saveView));
