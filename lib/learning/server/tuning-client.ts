import type { z } from "zod";
import { modelFetch, WireFailure } from "@/lib/models/server/model-fetch";
import { openModelSecret, type ModelRow } from "@/lib/models/server/model-rows";
import { RemoteEvents, RemoteFile, RemoteFiles, RemoteJob, RemoteJobs } from "../tuning-wire";

/** The provider refused: nothing was started. The sentence is its own, shortened, and holds no key. */
export class TuningRefused extends Error {
  override name = "TuningRefused";
  constructor(
    readonly status: number,
    message: string,
  ) {
    super(message);
  }
}
/** No answer that can be read: whether anything was started is not known. */
export class TuningUnanswered extends Error {
  override name = "TuningUnanswered";
}

const openAi = "https://api.openai.com/v1";
const timeoutMs = 60_000;

export type NewJob = {
  training_file: string;
  model: string;
  suffix: string;
  metadata: Record<string, string>;
  method: object;
};

/** OpenAI's files and fine_tuning.jobs, at a model's endpoint and with its key. Throws TuningRefused and TuningUnanswered. */
export function tuningClient(model: ModelRow) {
  const send = modelFetch({ timeoutMs });
  const base = model.baseUrl ?? openAi;
  const secret = openModelSecret(model);
  const headers: Record<string, string> = secret === null ? {} : { Authorization: `Bearer ${secret}` };

  async function call<S extends z.ZodType>(
    path: string,
    schema: S,
    init: RequestInit = {},
  ): Promise<z.output<S>> {
    const answer = await send(`${base}${path}`, {
      ...init,
      headers: {
        ...headers,
        ...(typeof init.body === "string" ? { "Content-Type": "application/json" } : {}),
      },
    }).catch((error: unknown) => {
      throw new TuningUnanswered(error instanceof WireFailure ? error.message : "no answer", {
        cause: error,
      });
    });
    const text = await answer.text();
    if (answer.status >= 400 && answer.status < 500 && answer.status !== 408)
      throw new TuningRefused(answer.status, `HTTP ${answer.status}: ${messageIn(text)}`);
    const parsed = answer.ok ? schema.safeParse(jsonOf(text)) : undefined;
    if (!parsed?.success) throw new TuningUnanswered(`HTTP ${answer.status}, which cannot be read`);
    return parsed.data;
  }
  return {
    async upload(name: string, text: string) {
      const form = new FormData();
      form.set("purpose", "fine-tune");
      form.set("file", new File([text], name, { type: "application/jsonl" }));
      return call("/files", RemoteFile, { method: "POST", body: form });
    },
    async findFile(name: string) {
      const { data } = await call("/files?purpose=fine-tune", RemoteFiles);
      return data.find(({ filename }) => filename === name);
    },
    createJob: (job: NewJob) =>
      call("/fine_tuning/jobs", RemoteJob, { method: "POST", body: JSON.stringify(job) }),
    async findJob(isOurs: (job: RemoteJob) => boolean) {
      const { data } = await call("/fine_tuning/jobs?limit=100", RemoteJobs);
      return data.find(isOurs);
    },
    getJob: (id: string) => call(`/fine_tuning/jobs/${encodeURIComponent(id)}`, RemoteJob),
    events: (id: string) => call(`/fine_tuning/jobs/${encodeURIComponent(id)}/events?limit=50`, RemoteEvents),
    cancelJob: (id: string) =>
      call(`/fine_tuning/jobs/${encodeURIComponent(id)}/cancel`, RemoteJob, { method: "POST" }),
  };
}
export type TuningClient = ReturnType<typeof tuningClient>;

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function messageIn(text: string): string {
  const body = jsonOf(text) as { error?: { message?: unknown } } | null | undefined;
  const message = typeof body?.error?.message === "string" ? body.error.message : "refused";
  return message.slice(0, 300);
}
