import type { Submission } from "@/lib/decisions/schema";
import { textsOf } from "@/lib/policies/moderation/texts-of";
import { moderateWithModel, type Heard } from "@/lib/policies/server/moderate-with-model";
import type { Context } from "@/lib/server/context";
import type { TypeInForce } from "./load-types";

/** What a moderation model said of each submission; one that is not here was not asked about, and goes to a person. */
export type HeardOf = ReadonlyMap<Submission, Heard>;

const none: HeardOf = new Map();
/** Questions under way at once. */
const asking = 8;
/** No new question is asked later than this, milliseconds: a batch must end. */
const patienceMs = 10_000;

/** Asks the moderation model about the submissions whose type has one in force; no work at all where none has. */
export async function hearModels(
  ctx: Context,
  submitted: readonly { submission: Submission; type: TypeInForce | undefined }[],
): Promise<HeardOf> {
  const wanted = submitted.flatMap(({ submission, type }) => {
    return type?.agents.some(({ kind }) => kind === "model") ? [{ submission, type }] : [];
  });
  if (wanted.length === 0) return none;
  const heard = new Map<Submission, Heard>();
  const began = performance.now();
  const askOneByOne = async () => {
    for (let next = wanted.pop(); next; next = wanted.pop()) {
      if (performance.now() - began > patienceMs) return;
      const { submission, type } = next;
      heard.set(submission, await moderateWithModel(ctx, type.agents, textsOf(submission), type.typeKey));
    }
  };
  await Promise.all(Array.from({ length: asking }, askOneByOne));
  return heard;
}
