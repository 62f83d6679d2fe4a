import { z } from "zod";

export const roles = ["reviewer", "auditor", "admin"] as const;
export type Role = (typeof roles)[number];

export const scopes = [
  "decisions:write",
  "decisions:read",
  "decisions:cancel",
  "feedback:write",
] as const;
export type Scope = (typeof scopes)[number];

export const keyKinds = ["app", "personal"] as const;
export type KeyKind = (typeof keyKinds)[number];

/** Who is acting. A key is bound to one app; a person acts in a session or through a personal access token. */
export type Actor =
  | { kind: "user"; id: string; name: string; email: string; role: Role; via: "session" | "token" }
  | { kind: "key"; id: string; appId: string; scopes: readonly Scope[] }
  | { kind: "system"; id: string };

export const Email = z.email().max(254).toLowerCase();
