import { apiContext } from "@/lib/identity/server/api-context";
import { myFiguresEndpoint } from "@/lib/reviews/measures";
import { getMyFigures } from "@/lib/reviews/server/get-my-figures";
import { serve } from "@/lib/server/serve";

export const GET = serve(myFiguresEndpoint, apiContext, getMyFigures);
