import { z } from "zod";

/** As much of OpenAI's fine-tuning API as is read; what else is answered is left alone. */
export const RemoteFile = z.object({ id: z.string().min(1), filename: z.string().optional() });
export const RemoteFiles = z.object({ data: z.array(RemoteFile) });

export const RemoteJob = z.object({
  id: z.string().min(1),
  status: z.string(),
  training_file: z.string().nullish(),
  fine_tuned_model: z.string().nullish(),
  trained_tokens: z.number().nullish(),
  metadata: z.record(z.string(), z.string()).nullish(),
  error: z.object({ message: z.string().nullish() }).nullish(),
});
export type RemoteJob = z.output<typeof RemoteJob>;
export const RemoteJobs = z.object({ data: z.array(RemoteJob), has_more: z.boolean().optional() });

const RemoteEvent = z.object({ created_at: z.number().nullish(), message: z.string().default("") });
export const RemoteEvents = z.object({ data: z.array(RemoteEvent) });

/** Where a remote job stands for us; an unfamiliar word is one of a job that goes on. */
export function standingOf({ status }: RemoteJob): "running" | "succeeded" | "failed" | "cancelled" {
  if (status === "succeeded" || status === "failed" || status === "cancelled") return status;
  return "running";
}
