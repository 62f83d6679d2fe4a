import { fromBoth } from "@/lib/apps/server/handlers";
import { apiContext } from "@/lib/identity/server/api-context";
import { setSkillsEndpoint } from "@/lib/reviews/passing";
import { setSkills } from "@/lib/reviews/server/set-skills";
import { serve } from "@/lib/server/serve";

export const PUT = serve(setSkillsEndpoint, apiContext, fromBoth(setSkills));
