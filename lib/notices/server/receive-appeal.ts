import { clientAddress } from "@/lib/identity/server/client-address";
import { countUse } from "@/lib/identity/server/sign-in-tries";
import { DomainError } from "@/lib/kernel/errors";
import { newId } from "@/lib/kernel/ids";
import type { Context } from "@/lib/server/context";
import { json, problem, type Incoming, type Outgoing } from "@/lib/server/handle";
import { isOwnOrigin } from "@/lib/server/origin";
import { parseWith } from "@/lib/server/parse";
import { problemOf } from "@/lib/server/problem";
import { appealLimits } from "../appeal-limits";
import { Statement } from "../appeals";
import { submitAppeal, type GivenFile } from "./submit-appeal";

/** Files, text, and what a multipart body adds to them. */
export const appealBodyBytes = appealLimits.files * appealLimits.fileBytes + 128 * 1024;

/** Appeals one network address sends before it has to wait, and the longest wait, seconds. */
const sends = { free: 10, longest: 900 };

/**
 * Answers the public form of an appeal, sent from our own page: with JSON, or for a browser without scripts by sending
 * it back to the page. Nothing of it is reflected.
 */
export function receiveAppeal(contextOf: () => Promise<Context>): (incoming: Incoming) => Promise<Outgoing> {
  return async (incoming) => {
    const { token = "" } = incoming.params;
    const page = `/appeal/${encodeURIComponent(token)}`;
    const plain = incoming.header("accept")?.includes("text/html") ?? false;
    try {
      await receive(await contextOf(), incoming, token);
      return plain ? seeOther(page) : json(201, { object: "appeal_receipt", status: "submitted" });
    } catch (error) {
      const requestId = newId("request");
      if (plain)
        return seeOther(`${page}?problem=${encodeURIComponent(problemOf(error, { requestId }).code)}`);
      return problem(error, requestId, "/api/appeals");
    }
  };
}

async function receive(ctx: Context, incoming: Incoming, token: string): Promise<void> {
  requireOwnPage(incoming);
  const address = clientAddress({ get: (name) => incoming.header(name) });
  const seconds = address === null ? 0 : await countUse(ctx.db, `appeal send ${address}`, sends);
  if (seconds > 0) {
    throw new DomainError("limited", `Wait ${seconds} seconds, then send it again.`, {
      code: "rate_limited",
      extra: { retry_after: seconds },
    });
  }
  const form = await formOf(incoming);
  const text = (name: string) => {
    const value = form.get(name);
    return typeof value === "string" ? value.toWellFormed().replaceAll("\u0000", "") : undefined;
  };
  const said = parseWith(Statement, { statement: text("statement"), contact: text("contact") });
  await submitAppeal(ctx, { token, said, files: await filesOf(form) });
}

// A form posted from our own page says so, though it keeps its address to itself (no-referrer).
function requireOwnPage(incoming: Incoming): void {
  if (incoming.header("sec-fetch-site") === "same-origin" || isOwnOrigin(incoming.header("origin"))) return;
  throw new DomainError("forbidden", "The request came from another site.", { code: "foreign_origin" });
}

async function formOf(incoming: Incoming): Promise<FormData> {
  const type = incoming.header("content-type") ?? "";
  if (!/^multipart\/form-data\s*;/i.test(type)) {
    throw new DomainError("unsupported_media", "Send the form as multipart/form-data.", {
      code: "unsupported_media_type",
    });
  }
  const body = await incoming.body();
  try {
    return await new Response(new Uint8Array(body), { headers: { "content-type": type } }).formData();
  } catch {
    throw new DomainError("malformed", "The form cannot be read.", { code: "malformed_json" });
  }
}

// A file field that was left empty is sent as an empty file without a name.
async function filesOf(form: FormData): Promise<GivenFile[]> {
  const given = form.getAll("files").filter((value) => typeof value !== "string" && value.size > 0);
  return Promise.all(
    given.flatMap((file) =>
      typeof file === "string"
        ? []
        : [file.arrayBuffer().then((bytes) => ({ name: file.name, bytes: new Uint8Array(bytes) }))],
    ),
  );
}

function seeOther(location: string): Outgoing {
  return { status: 303, headers: { Location: location, "Cache-Control": "no-store" }, body: "" };
}
