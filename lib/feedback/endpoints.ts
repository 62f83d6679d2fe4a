import { importEndpoints } from "./import-contract";
import { linkEndpoints } from "./links";
import {
  giveFeedbackEndpoint,
  listFeedbackEndpoint,
  recordOutcomeEndpoint,
  recordOutcomesEndpoint,
} from "./schema";

/** Every endpoint of this room. */
export const feedbackEndpoints = [
  giveFeedbackEndpoint,
  listFeedbackEndpoint,
  ...linkEndpoints,
  ...importEndpoints,
  recordOutcomeEndpoint,
  recordOutcomesEndpoint,
] as const;
