import { roles, type Role } from "@/lib/identity/schema";

export type OidcSettings = {
  issuer: string;
  clientId: string;
  clientSecret: string;
  /** What the button says: “Continue with <name>”. */
  name: string;
  /** The role of people whom nobody invited; without one they are refused. */
  defaultRole: Role | undefined;
};

/** The OpenID Connect provider of this installation, from the environment, or undefined when none is set. */
export function oidcSettings(env: NodeJS.ProcessEnv = process.env): OidcSettings | undefined {
  const issuer = env.COUNTERSIGN_OIDC_ISSUER?.replace(/\/+$/, "");
  const clientId = env.COUNTERSIGN_OIDC_CLIENT_ID;
  const clientSecret = env.COUNTERSIGN_OIDC_CLIENT_SECRET;
  if (!issuer || !clientId || !clientSecret) return undefined;
  const name = env.COUNTERSIGN_OIDC_NAME || "single sign-on";
  return { issuer, clientId, clientSecret, name, defaultRole: roleOf(env.COUNTERSIGN_OIDC_DEFAULT_ROLE) };
}

function roleOf(text: string | undefined): Role | undefined {
  if (!text) return undefined;
  const role = roles.find((known) => known === text);
  if (!role)
    throw new Error(`COUNTERSIGN_OIDC_DEFAULT_ROLE is ${text}; it must be one of ${roles.join(", ")}`);
  return role;
}
