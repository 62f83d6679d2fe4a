import { apiContext } from "@/lib/identity/server/api-context";
import { listPeopleEndpoint } from "@/lib/reviews/passing";
import { listPeople } from "@/lib/reviews/server/list-people";
import { serve } from "@/lib/server/serve";

export const GET = serve(listPeopleEndpoint, apiContext, listPeople);
