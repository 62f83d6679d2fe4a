import NextAuth from "next-auth";
import type { NextRequest } from "next/server";
import { newId } from "@/lib/kernel/ids";
import { problem } from "@/lib/server/handle";
import { origin } from "@/lib/server/origin";
import { authOptions } from "./auth-options";
import { clientAddress } from "./client-address";
import { readAuthRequest } from "./read-auth-request";
import { publicContext } from "./system-context";

type RouteContext = { params: Promise<{ nextauth: string[] }> };

/** The route handler of next-auth's endpoints. What changes anything must come from our own pages. */
export async function authRoute(request: NextRequest, route: RouteContext): Promise<Response> {
  const requestId = newId("request");
  let readable: NextRequest;
  try {
    readable = await readAuthRequest(request);
  } catch (error) {
    const { status, headers, body } = problem(error, requestId, new URL(request.url).pathname);
    return new Response(body, { status, headers });
  }
  // The library takes its own address from here; never from a header that a caller can set.
  process.env.NEXTAUTH_URL ??= origin();
  const options = authOptions({
    ctx: await publicContext(requestId),
    address: clientAddress(request.headers),
    userAgent: request.headers.get("user-agent"),
  });
  const answer: unknown = await NextAuth(readable, route, options);
  if (!(answer instanceof Response)) throw new TypeError("next-auth answered without a response");
  return answer;
}
