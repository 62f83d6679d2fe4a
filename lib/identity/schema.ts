import { z } from "zod";
import { endpoint } from "@/lib/kernel/endpoint";
import { ListQuery, listOf } from "@/lib/kernel/list";

export const roles = ["reviewer", "auditor", "admin"] as const;
export type Role = (typeof roles)[number];

/** What each role is for, in one sentence, as the members page tells it. */
export const roleSentences: Record<Role, string> = {
  reviewer: "Rules on decisions and may stop automation.",
  auditor: "Judges samples and reads everything; changes nothing.",
  admin: "Manages apps, autonomy, keys and members; does not rule.",
};

export const scopes = ["decisions:write", "decisions:read", "decisions:cancel", "feedback:write"] as const;
export type Scope = (typeof scopes)[number];

export const scopeSentences: Record<Scope, string> = {
  "decisions:write": "Submit decisions and read them",
  "decisions:read": "Read this app's decisions",
  "decisions:cancel": "Cancel decisions that are not yet decided",
  "feedback:write": "Send feedback and outcomes",
};

export const keyKinds = ["app", "personal"] as const;
export type KeyKind = (typeof keyKinds)[number];

export const keyStatuses = ["active", "expired", "revoked"] as const;
export type KeyStatus = (typeof keyStatuses)[number];

export const memberStatuses = ["active", "disabled"] as const;
export type MemberStatus = (typeof memberStatuses)[number];

/** Who is acting. A key is bound to one app; a person acts in a session or through a personal access token. */
export type Actor =
  | { kind: "user"; id: string; name: string; email: string; role: Role; via: "session" | "token" }
  | { kind: "key"; id: string; appId: string; scopes: readonly Scope[] }
  | { kind: "system"; id: string };

export const Email = z
  .string("Give an e-mail address")
  .trim()
  .max(254, "At most 254 characters")
  .toLowerCase()
  .pipe(z.email("This is not an e-mail address"));
const Name = z.string().trim().min(1, "Give a name").max(100, "At most 100 characters");
const Id = z.string().max(64);
/** Any password as typed; what makes a new one good enough is lib/identity/passwords.ts. */
const Password = z.string().min(1, "Give a password").max(1024, "At most 1024 characters");
const Token = z.string().trim().min(1, "Paste the token").max(200, "This is not the token");
const ExpiresInDays = z.coerce.number().int().min(1, "At least one day").max(366, "At most 366 days");

export const CompleteSetup = z.object({
  token: Token,
  orgName: Name,
  name: Name,
  email: Email,
  password: Password,
});
export type CompleteSetup = z.output<typeof CompleteSetup>;

export const InviteMember = z.object({ email: Email, name: Name, role: z.enum(roles) });
export type InviteMember = z.output<typeof InviteMember>;

export const AcceptInvitation = z.object({ token: Token, name: Name, password: Password });
export type AcceptInvitation = z.output<typeof AcceptInvitation>;

export const InvitationRef = z.object({ invitationId: Id });
export const MemberRef = z.object({ userId: Id });
export const ChangeRole = z.object({ userId: Id, role: z.enum(roles) });
export type ChangeRole = z.output<typeof ChangeRole>;

export const CreateAppKey = z.object({
  appId: Id.min(1, "Choose an app"),
  name: Name,
  scopes: z
    .array(z.enum(scopes))
    .min(1, "Choose at least one scope")
    .transform((all) => [...new Set(all)]),
  expiresInDays: ExpiresInDays.default(90),
});
export type CreateAppKey = z.output<typeof CreateAppKey>;

export const CreatePersonalToken = z.object({ name: Name, expiresInDays: ExpiresInDays.default(90) });
export type CreatePersonalToken = z.output<typeof CreatePersonalToken>;

export const KeyRef = z.object({ keyId: Id });
export const SessionRef = z.object({ sessionId: z.string().max(64) });
export const ChangePassword = z.object({ current: Password, next: Password });
export type ChangePassword = z.output<typeof ChangePassword>;

// What the API says, snake_case.

const Moment = z.iso.datetime();

export const Whoami = z.object({
  object: z.literal("whoami"),
  kind: z.enum(["key", "user"]),
  id: z.string(),
  name: z.string().nullable(),
  email: z.string().nullable(),
  role: z.enum(roles).nullable(),
  via: z.enum(["session", "token"]).nullable(),
  app_id: z.string().nullable(),
  scopes: z.array(z.enum(scopes)),
  /** What this caller may do, by the names of the permission matrix. */
  capabilities: z.array(z.string()),
  organisation: z.object({ id: z.string(), name: z.string() }),
  livemode: z.boolean(),
});

export const ApiKey = z.object({
  object: z.literal("api_key"),
  id: z.string(),
  app_id: z.string(),
  name: z.string(),
  /** The public part of the key, to recognise it by. */
  prefix: z.string(),
  scopes: z.array(z.enum(scopes)),
  status: z.enum(keyStatuses),
  livemode: z.boolean(),
  created_at: Moment,
  created_by: z.string().nullable(),
  expires_at: Moment.nullable(),
  last_used_at: Moment.nullable(),
  revoked_at: Moment.nullable(),
});

export const NewApiKey = ApiKey.extend({
  /** The whole key. Shown in this answer and never again. */
  key: z.string(),
});

export const Member = z.object({
  object: z.literal("member"),
  id: z.string(),
  name: z.string(),
  email: z.string(),
  role: z.enum(roles),
  status: z.enum(memberStatuses),
  created_at: Moment,
  last_seen_at: Moment.nullable(),
});

export const whoamiEndpoint = endpoint({
  id: "getWhoami",
  method: "GET",
  path: "/api/v1/whoami",
  tag: "Identity",
  summary: "Who this key or session is, and what it may do",
  security: "key",
  response: Whoami,
  status: 200,
});

export const listApiKeysEndpoint = endpoint({
  id: "listApiKeys",
  method: "GET",
  path: "/api/v1/api_keys",
  tag: "Identity",
  summary: "List the apps' keys",
  description: "Newest first, revoked and expired ones included. Needs a person who is auditor or admin.",
  security: "key",
  query: ListQuery.extend({ app_id: Id.optional() }),
  response: listOf(ApiKey),
  status: 200,
});

export const createApiKeyEndpoint = endpoint({
  id: "createApiKey",
  method: "POST",
  path: "/api/v1/api_keys",
  tag: "Identity",
  summary: "Create a key for an app",
  description: "The key is in this answer and nowhere else. Needs a person who is admin.",
  security: "key",
  body: z.strictObject({
    app_id: CreateAppKey.shape.appId,
    name: CreateAppKey.shape.name,
    scopes: CreateAppKey.shape.scopes,
    expires_in_days: CreateAppKey.shape.expiresInDays,
  }),
  response: NewApiKey,
  status: 201,
  problems: { 404: "not_found", 422: "validation_failed" },
});

export const revokeApiKeyEndpoint = endpoint({
  id: "revokeApiKey",
  method: "DELETE",
  path: "/api/v1/api_keys/{id}",
  tag: "Identity",
  summary: "Revoke a key",
  description: "The key is refused from the next request on. Revoking again changes nothing.",
  security: "key",
  params: z.object({ id: Id }),
  response: ApiKey,
  status: 200,
  problems: { 404: "not_found" },
});

export const listMembersEndpoint = endpoint({
  id: "listMembers",
  method: "GET",
  path: "/api/v1/members",
  tag: "Identity",
  summary: "List the people of the organisation",
  description: "Newest first. Needs a person who is auditor or admin.",
  security: "key",
  query: ListQuery,
  response: listOf(Member),
  status: 200,
});
