import type { Context } from "@/lib/server/context";
import type { JsonObject } from "@/lib/kernel/json";
import { withoutMetadata } from "../lines";
import { learningFileParts } from "./download-learning-file";

/** The training file as a provider takes it: each line without our own key. Throws where nothing is left of it. */
export async function fileForProvider(ctx: Context, exportId: string): Promise<string> {
  let text = "";
  for await (const part of learningFileParts(ctx, exportId, "train")) {
    for (const line of new TextDecoder().decode(part).split("\n")) {
      // Every line is an object that this house wrote.
      if (line !== "") text += `${JSON.stringify(withoutMetadata(JSON.parse(line) as JsonObject))}\n`;
    }
  }
  if (text === "") throw new Error(`the training file of ${exportId} is gone`);
  return text;
}
