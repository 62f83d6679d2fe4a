import { apiContext } from "@/lib/identity/server/api-context";
import { listColleaguesEndpoint } from "@/lib/reviews/notes";
import { listColleagues } from "@/lib/reviews/server/list-colleagues";
import { serve } from "@/lib/server/serve";

export const GET = serve(listColleaguesEndpoint, apiContext, listColleagues);
