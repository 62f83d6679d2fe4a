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
  recordOutcomeEndpoint,
  recordOutcomesEndpoint,
] as const;
