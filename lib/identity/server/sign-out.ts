import "server-only";
import { cookies, headers } from "next/headers";
import { isOwnOrigin } from "@/lib/server/origin";
import { endSession } from "./end-session";
import { overTls, sessionCookieName } from "./session-cookie";
import { maybeUserContext } from "./user-context";

/** Ends the session in the database, so that a copy of its cookie is worth nothing, and clears the cookie. */
export async function signOut(): Promise<void> {
  // Another site must not be able to sign people out.
  if (!isOwnOrigin((await headers()).get("origin"))) return;
  const ctx = await maybeUserContext();
  if (ctx) await endSession(ctx, { sessionId: ctx.sessionId });
  (await cookies()).set(sessionCookieName(), "", {
    httpOnly: true,
    sameSite: "lax",
    path: "/",
    secure: overTls(),
    maxAge: 0,
  });
}
