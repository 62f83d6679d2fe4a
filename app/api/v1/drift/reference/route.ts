import { fromBody, fromQuery } from "@/lib/apps/server/handlers";
import { apiContext } from "@/lib/identity/server/api-context";
import { listDriftReferencesEndpoint, setDriftReferenceEndpoint } from "@/lib/monitors/drift-endpoints";
import { listDriftReferences } from "@/lib/monitors/server/list-drift-references";
import { setDriftReference } from "@/lib/monitors/server/set-drift-reference";
import { serve } from "@/lib/server/serve";

export const GET = serve(listDriftReferencesEndpoint, apiContext, fromQuery(listDriftReferences));
export const PUT = serve(setDriftReferenceEndpoint, apiContext, fromBody(setDriftReference));
