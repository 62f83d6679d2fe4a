import { apiContext } from "@/lib/identity/server/api-context";
import { getPreferencesEndpoint, setPreferencesEndpoint } from "@/lib/notices/preferences";
import { getPreferences } from "@/lib/notices/server/get-preferences";
import { setPreferences } from "@/lib/notices/server/set-preferences";
import { serve } from "@/lib/server/serve";

export const GET = serve(getPreferencesEndpoint, apiContext, getPreferences);
export const PUT = serve(setPreferencesEndpoint, apiContext, (ctx, { body }) => setPreferences(ctx, body));
