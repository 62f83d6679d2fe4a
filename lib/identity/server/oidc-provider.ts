import type { AuthOptions } from "next-auth";
import type { OidcSettings } from "./oidc-settings";

type Claims = Record<string, unknown>;

/** The installation's OpenID Connect provider: code flow with PKCE, state and nonce; discovery at the issuer. */
export function oidcProvider(settings: OidcSettings): AuthOptions["providers"][number] {
  return {
    id: "oidc",
    name: settings.name,
    type: "oauth",
    wellKnown: `${settings.issuer}/.well-known/openid-configuration`,
    issuer: settings.issuer,
    clientId: settings.clientId,
    clientSecret: settings.clientSecret,
    authorization: { params: { scope: "openid email profile" } },
    idToken: true,
    checks: ["pkce", "state", "nonce"],
    profile: (claims: Claims) => ({ id: text(claims.sub) }),
  };
}

/** What we read of an ID token's claims; a missing `email_verified` is not verified. */
export function readOidcProfile(profile: unknown) {
  const claims: Claims = typeof profile === "object" && profile !== null ? { ...profile } : {};
  return {
    subject: text(claims.sub),
    email: text(claims.email),
    emailVerified: claims.email_verified === true,
    name: text(claims.name),
  };
}

function text(value: unknown): string {
  return typeof value === "string" ? value : "";
}
