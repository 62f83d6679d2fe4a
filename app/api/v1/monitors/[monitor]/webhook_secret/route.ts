import { fromBoth } from "@/lib/apps/server/handlers";
import { apiContext } from "@/lib/identity/server/api-context";
import { rotateSigningSecretEndpoint } from "@/lib/monitors/endpoints";
import { rotateSigningSecret } from "@/lib/monitors/server/rotate-signing-secret";
import { serve } from "@/lib/server/serve";

export const POST = serve(rotateSigningSecretEndpoint, apiContext, fromBoth(rotateSigningSecret));
