import type { AuthOptions } from "next-auth";
import CredentialsProvider from "next-auth/providers/credentials";
import type { Context } from "@/lib/server/context";
import { database } from "@/db/client";
import { DomainError } from "@/lib/kernel/errors";
import { origin } from "@/lib/server/origin";
import { oidcProvider, readOidcProfile } from "./oidc-provider";
import { oidcSettings, type OidcSettings } from "./oidc-settings";
import { secretOf, sha256 } from "./secret";
import { overTls, readSid, sessionCookieName, signSid } from "./session-cookie";
import { findSession, maxMinutes, type AuthMethod } from "./sessions";
import { signInWithOidc } from "./sign-in-with-oidc";
import { signInWithPassword } from "./sign-in-with-password";
import { startSession } from "./start-session";
import { endSession } from "./end-session";

/** What the library's callbacks must know of the request they run for. */
export type AuthRequest = { ctx: Context; address: string | null; userAgent: string | null };

/**
 * next-auth for one request: two ways to prove who one is, a cookie that holds nothing but a session id of ours, and
 * no page of its own (they break the content policy). Whether the session lives is for the database to say.
 */
export function authOptions(request: AuthRequest): AuthOptions {
  const oidc = oidcSettings();
  return {
    secret: secretOf("session"),
    useSecureCookies: overTls(),
    session: { strategy: "jwt", maxAge: maxMinutes() * 60 },
    pages: {
      signIn: "/sign-in",
      signOut: "/sign-in",
      error: "/sign-in",
      verifyRequest: "/sign-in",
      newUser: "/",
    },
    cookies: {
      sessionToken: {
        name: sessionCookieName(),
        options: { httpOnly: true, sameSite: "lax", path: "/", secure: overTls() },
      },
    },
    providers: [passwordProvider(request), ...(oidc ? [oidcProvider(oidc)] : [])],
    jwt: { encode: ({ token }) => signSid(sidOf(token)), decode: ({ token }) => liveToken(token) },
    callbacks: callbacks(request, oidc),
    events: { signOut: ({ token }) => endByToken(request, token) },
    logger: { error: () => undefined, warn: () => undefined, debug: () => undefined },
  };
}

function passwordProvider({ ctx, address }: AuthRequest) {
  return CredentialsProvider({
    id: "password",
    name: "Password",
    credentials: { email: { type: "email" }, password: { type: "password" } },
    async authorize(credentials) {
      const { email = "", password = "" } = credentials ?? {};
      try {
        const signedIn = await signInWithPassword(ctx, {
          email: email.slice(0, 254),
          password: password.slice(0, 1024),
          address,
        });
        return signedIn ? { id: signedIn.userId } : null;
      } catch (error) {
        // The library passes only a message on; the sign-in page reads the seconds from it.
        if (error instanceof DomainError && error.kind === "limited")
          throw new Error(`wait:${Number(error.extra.retry_after)}`, { cause: error });
        throw new Error("unavailable", { cause: error });
      }
    },
  });
}

function callbacks(
  { ctx, userAgent }: AuthRequest,
  oidc: OidcSettings | undefined,
): AuthOptions["callbacks"] {
  return {
    async signIn({ user, account, profile }) {
      if (account?.provider !== "oidc" || !oidc) return account?.provider === "password";
      const { issuer, defaultRole } = oidc;
      const answer = await signInWithOidc(ctx, { issuer, defaultRole, ...readOidcProfile(profile) });
      if (!answer.ok) return `/sign-in?error=${answer.reason}`;
      user.id = answer.userId;
      return true;
    },
    // With an account this is a sign-in: a session id is never carried over from before it.
    async jwt({ token, user, account }) {
      if (!account) return token;
      const method: AuthMethod = account.provider === "oidc" ? "oidc" : "password";
      return { sid: await startSession(ctx, { userId: user.id, method, userAgent }) };
    },
    async session({ session, token }) {
      const live = await findSession(database(), sidOf(token));
      const user = live && { name: live.actor.name, email: live.actor.email };
      return { expires: session.expires, user };
    },
    redirect: ({ url }) => ownAddress(url),
  };
}

// A copied cookie of an ended session is no session here either (the library alone would go on accepting it).
async function liveToken(token: string | undefined) {
  const sid = readSid(token);
  return sid !== undefined && (await findSession(database(), sid)) ? { sid } : null;
}

async function endByToken({ ctx }: AuthRequest, token: unknown): Promise<void> {
  const sid = sidOf(token);
  const live = sid === "" ? undefined : await findSession(database(), sid);
  if (live) await endSession({ ...ctx, actor: live.actor, orgId: live.orgId }, { sessionId: sha256(sid) });
}

function sidOf(token: unknown): string {
  if (typeof token !== "object" || token === null || !("sid" in token)) return "";
  return typeof token.sid === "string" ? token.sid : "";
}

/** Only our own pages are a place to go to after signing in. */
function ownAddress(url: string): string {
  const home = origin();
  const target = URL.parse(url, home);
  return target && target.origin === new URL(home).origin ? target.href : home;
}
