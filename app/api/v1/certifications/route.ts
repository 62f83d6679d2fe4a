import { listCertificationsEndpoint, startCertificationEndpoint } from "@/lib/execution/certification";
import { certifyAction } from "@/lib/execution/server/certify-action";
import { listCertifications } from "@/lib/execution/server/list-certifications";
import { apiContext } from "@/lib/identity/server/api-context";
import { serve } from "@/lib/server/serve";

export const GET = serve(listCertificationsEndpoint, apiContext, listCertifications);
export const POST = serve(startCertificationEndpoint, apiContext, (ctx, { body }) =>
  certifyAction(ctx, body),
);
