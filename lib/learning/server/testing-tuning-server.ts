import { anOpenAiServer } from "@/lib/models/testing-openai-server";

type Job = Record<string, unknown> & {
  id: string;
  status: string;
  metadata?: Record<string, string>;
};

/** How the next start of a job ends: as usual, made without an answer, or neither made nor answered. */
export type Starting = "answered" | "made_unanswered" | "lost" | "busy" | "refused";

/** A server on loopback that speaks OpenAI's files and fine_tuning.jobs; the test moves its jobs on. */
export async function aTuningServer() {
  const files: {
    id: string;
    object: "file";
    bytes: number;
    created_at: number;
    filename: string;
    purpose: string;
    text: string;
  }[] = [];
  const jobs: Job[] = [];
  /** `looking`: the status that the next look at a job, or at the list of them, is refused with. */
  const control: { starting: Starting; looking: number | null } = { starting: "answered", looking: null };
  const refusedLook = (method: string) => {
    const status = method === "GET" ? control.looking : null;
    if (status !== null) control.looking = null;
    return status === null ? undefined : { status, body: { error: { message: "Not now" } } };
  };
  const list = <T>(data: T[]) => ({ body: { object: "list", data, has_more: false } });
  const server = await anOpenAiServer(() => ({ status: 404 }), {
    routes: [
      ({ method, path, body }) => {
        if (path !== "/v1/files") return undefined;
        if (method === "GET") return list(files.map(({ text: _, ...file }) => file));
        const filename = /filename="([^"]+)"/.exec(body)?.[1] ?? "";
        const purpose = /name="purpose"\r\n\r\n([^\r]+)/.exec(body)?.[1] ?? "";
        const text =
          /filename="[^"]+"\r\n(?:Content-Type: [^\r]+\r\n)?\r\n([\s\S]*?)\r\n--/i.exec(body)?.[1] ?? "";
        const file = {
          id: `file-${files.length + 1}`,
          object: "file" as const,
          bytes: text.length,
          created_at: 1,
          filename,
          purpose,
        };
        files.push({ ...file, text });
        return { body: file };
      },
      ({ method, path, body }) => {
        if (path !== "/v1/fine_tuning/jobs") return undefined;
        if (method === "GET") return refusedLook(method) ?? list(jobs);
        const how = control.starting;
        control.starting = "answered";
        if (how === "busy") return { status: 429, body: { error: { message: "Slow down" } } };
        if (how === "refused") return { status: 400, body: { error: { message: "No such base model" } } };
        if (how === "lost") return { status: 502, body: "bad gateway" };
        const job: Job = {
          ...JSON.parse(body),
          id: `ftjob-${jobs.length + 1}`,
          object: "fine_tuning.job",
          created_at: 1,
          status: "validating_files",
          fine_tuned_model: null,
          trained_tokens: null,
          error: null,
        };
        jobs.push(job);
        return how === "made_unanswered" ? { status: 502, body: "bad gateway" } : { body: job };
      },
      ({ method, path }) => {
        const [, id, rest] = /^\/v1\/fine_tuning\/jobs\/([^/]+)(\/.*)?$/.exec(path) ?? [];
        const job = jobs.find((one) => one.id === id);
        if (!job) return undefined;
        const refused = refusedLook(method);
        if (refused) return refused;
        if (rest === "/events")
          return list([
            {
              id: "e1",
              object: "fine_tuning.job.event",
              created_at: 1,
              level: "info",
              message: `Now ${job.status}`,
            },
          ]);
        if (rest === "/cancel" && method === "POST") job.status = "cancelled";
        return { body: job };
      },
    ],
  });
  return { ...server, files, jobs, control };
}
