import "server-only";
import { cookies, headers } from "next/headers";
import { redirect } from "next/navigation";
import { cache } from "react";
import { database } from "@/db/client";
import { DomainError } from "@/lib/kernel/errors";
import { newId } from "@/lib/kernel/ids";
import type { Context } from "@/lib/server/context";
import { readSid, sessionCookieName } from "./session-cookie";
import { findSession, type LiveSession } from "./sessions";

/** A signed-in person's context: what {@link Context} says, and always a person. */
export type UserContext = Context & { actor: LiveSession["actor"]; sessionId: string };

// One look at the database a request, however many layouts and pages ask; a new request asks again.
const currentSession = cache(async (): Promise<LiveSession | undefined> => {
  const sid = readSid((await cookies()).get(sessionCookieName())?.value);
  return sid === undefined ? undefined : findSession(database(), sid);
});

/** The context of a server component, or nothing when nobody is signed in. */
export async function maybeUserContext(): Promise<UserContext | undefined> {
  const session = await currentSession();
  return session && contextOf(session, newId("request"));
}

/** The context of a server component; sends to /sign-in (and back afterwards) when nobody is signed in. */
export async function userContext(): Promise<UserContext> {
  const ctx = await maybeUserContext();
  if (ctx) return ctx;
  redirect(signInAddress((await headers()).get("x-countersign-path")));
}

/** The context of a server action; throws `unauthenticated`. */
export async function userActionContext(requestId: string): Promise<UserContext> {
  const session = await currentSession();
  if (!session) {
    throw new DomainError("unauthenticated", "Your session has ended. Sign in again.", {
      code: "unauthenticated",
    });
  }
  return contextOf(session, requestId);
}

function contextOf({ id, orgId, actor }: LiveSession, requestId: string): UserContext {
  return { db: database(), orgId, actor, now: new Date(), requestId, sessionId: id };
}

function signInAddress(path: string | null): string {
  return path && path !== "/" ? `/sign-in?next=${encodeURIComponent(path)}` : "/sign-in";
}
