import { createHash } from "node:crypto";

type Handler<C> = (request: Request, route: C) => Promise<Response>;

/**
 * The same answers with an ETag of what they say: a reader that has it already is told so with 304 and nothing more. For
 * large answers that are asked for again and again; each is kept by its reader's own browser only, and asked after.
 */
export function unlessSame<C>(handler: Handler<C>): Handler<C> {
  return async (request, route) => {
    const answer = await handler(request, route);
    if (answer.status !== 200) return answer;
    const body = await answer.arrayBuffer();
    const etag = `"${createHash("sha256").update(Buffer.from(body)).digest("base64url").slice(0, 27)}"`;
    const headers = new Headers(answer.headers);
    headers.set("ETag", etag);
    headers.set("Cache-Control", "private, no-cache");
    if (!isNamed(request.headers.get("if-none-match"), etag))
      return new Response(body, { status: 200, headers });
    headers.delete("Content-Type");
    return new Response(null, { status: 304, headers });
  };
}

// A proxy that compresses may have made the tag weak: what it says is the same.
function isNamed(header: string | null, etag: string): boolean {
  const named = (header ?? "").split(",").map((one) => one.trim().replace(/^W\//, ""));
  return named.includes(etag) || named.includes("*");
}
