import { getSubjectEndpoint } from "@/lib/decisions/subjects";
import { getSubject } from "@/lib/decisions/server/get-subject";
import { apiContext } from "@/lib/identity/server/api-context";
import { serve } from "@/lib/server/serve";

export const GET = serve(getSubjectEndpoint, apiContext, getSubject);
