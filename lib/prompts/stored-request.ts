import { z } from "zod";
import { RunBody } from "./run-endpoints";

/** A request to make a decision as it is kept until the decision is made. */
export const RunBodyStored = RunBody.extend({ idempotency_key: z.string().nullable() });
export type RunBodyStored = z.output<typeof RunBodyStored>;
