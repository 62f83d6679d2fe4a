import { type NextRequest, NextResponse } from "next/server";
import { answerKind, securityHeaders } from "@/lib/server/security-headers";

/** Headers only: nothing here decides who may do what. It runs for prefetches too, since headers must be on all. */
export function proxy(request: NextRequest): NextResponse {
  const nonce = btoa(String.fromCharCode(...crypto.getRandomValues(new Uint8Array(16))));
  const kind = answerKind(request.nextUrl.pathname);
  const headers = securityHeaders(kind, {
    nonce,
    mode: process.env.NODE_ENV === "development" ? "development" : "production",
    // A forged value can only add HSTS to a plain answer, where browsers ignore it.
    https: (request.headers.get("x-forwarded-proto") ?? request.nextUrl.protocol).startsWith("https"),
  });
  const forwarded = new Headers(request.headers);
  if (kind === "page") {
    // Next puts the nonce of this header on its own scripts.
    forwarded.set("Content-Security-Policy", headers["Content-Security-Policy"] ?? "");
    forwarded.set("x-nonce", nonce);
    // Where a person who has to sign in first wanted to go.
    forwarded.set("x-countersign-path", request.nextUrl.pathname + request.nextUrl.search);
  }
  const response = NextResponse.next({ request: { headers: forwarded } });
  for (const [name, value] of Object.entries(headers)) response.headers.set(name, value);
  return response;
}
