import type { Context } from "@/lib/server/context";
import { authorize } from "@/lib/server/authorize";
import { calibration } from "./calibration";
import { confusion } from "./confusion";
import { overview } from "./overview";
import { volume } from "./volume";

// A figure's verb takes its filter; an endpoint hands it the query.
function fromQuery<I, O>(verb: (ctx: Context, filter: I) => Promise<O>) {
  return (ctx: Context, { query }: { query: I }) => {
    authorize(ctx, "evaluations.read");
    return verb(ctx, query);
  };
}

export const answerOverview = fromQuery(overview);
export const answerConfusion = fromQuery(confusion);
export const answerCalibration = fromQuery(calibration);
export const answerVolume = fromQuery(volume);
