import { isDeepStrictEqual } from "node:util";
import { eq } from "drizzle-orm";
import { connectorActions, connectors } from "@/db/schema";
import { DomainError } from "@/lib/kernel/errors";
import { authorize } from "@/lib/server/authorize";
import { inTransaction, type Context } from "@/lib/server/context";
import { record } from "@/lib/server/journal";
import type { UpdateConnector } from "../inputs";
import { actionConfigOf } from "../action-config";
import { connectorConfigOf, type ConnectorConfig } from "../connector-config";
import { addressOf } from "../words";
import type { ConnectorView } from "../views";
import { sealConnectorSecret } from "./connector-secret";
import { findConnector, missing } from "./find";
import { raiseVersion, replaceSecret } from "./connector-version";
import { readConnectors } from "./read-connectors";
import { requireDoor, requireKeySent, requireSameKind } from "./require-kind";

type Stored = typeof connectors.$inferSelect;

/**
 * Changes a connector and raises its version, unless one credential takes another's place and nothing else differs:
 * a credential that runs out can be replaced without asking anybody to approve again. None is ever sent to an
 * address it was not entered for: another origin needs the secret again. Throws `stale_version` and `secret_required`.
 */
export async function updateConnector(ctx: Context, input: UpdateConnector): Promise<ConnectorView> {
  authorize(ctx, "connectors.write");
  return inTransaction(ctx, async (ctx) => {
    const before = await findConnector(ctx, input.connector);
    requireSameKind(before.kind, input.config);
    requireDoor({
      class: input.class ?? before.class,
      config: input.config ?? connectorConfigOf(before),
      secret: input.secret,
    });
    if (input.class !== undefined || input.config !== undefined) await requireKeys(ctx, before, input);
    if (
      before.secret !== null &&
      input.secret === undefined &&
      movesTo(connectorConfigOf(before), input.config)
    ) {
      throw secretRequired();
    }
    const changed = changedFields(before, input);
    const version = await writeChange(ctx, before, input, changed);
    const [view] = await readConnectors(ctx, { where: eq(connectors.id, before.id), limit: 1 });
    await record(ctx, "connector.changed", before.id, { version, changed, class: input.class });
    return view ?? missing("connector", input.connector);
  });
}

function writeChange(ctx: Context, before: Stored, input: UpdateConnector, changed: string[]) {
  const secret = sealed(before.id, input.secret);
  const onlySecret = isDeepStrictEqual(changed, ["secret"]);
  if (onlySecret && before.secret !== null && typeof secret === "string")
    return replaceSecret(ctx, before, input.version, secret);
  const { name, class: connectorClass, config } = input;
  return raiseVersion(ctx, before, input.version, { name, class: connectorClass, config, secret });
}

/** The fields in which the connector becomes another; a form sends all of them. */
function changedFields(before: Stored, input: UpdateConnector): string[] {
  const { name = before.name, class: connectorClass = before.class, config, secret } = input;
  const differs = {
    name: name !== before.name,
    class: connectorClass !== before.class,
    config: config !== undefined && !isDeepStrictEqual(config, connectorConfigOf(before)),
    secret: secret !== undefined && (secret !== null || before.secret !== null),
  };
  return Object.entries(differs).flatMap(([field, isOther]) => (isOther ? field : []));
}

async function requireKeys(
  ctx: Context,
  before: Stored,
  { class: connectorClass = before.class, config = connectorConfigOf(before) }: UpdateConnector,
): Promise<void> {
  const actions = await ctx.db
    .select({ name: connectorActions.name, config: connectorActions.config })
    .from(connectorActions)
    .where(eq(connectorActions.connectorId, before.id));
  for (const { name, config: own } of actions)
    requireKeySent({ class: connectorClass, config }, { name, config: actionConfigOf(own) });
}

function movesTo(before: ConnectorConfig, after: ConnectorConfig | undefined): boolean {
  return after !== undefined && serversOf(after) !== serversOf(before);
}

/** Every server the credential is sent to. */
function serversOf(config: ConnectorConfig): string {
  const token = "oauth2" in config && config.auth === "oauth2" ? config.oauth2 : null;
  const servers = [addressOf(config), ...(token ? [token.token_url] : [])].map((address) => new URL(address));
  return servers.map(({ protocol, host }) => `${protocol}//${host}`).join(" ");
}

function sealed(connectorId: string, secret: string | null | undefined): string | null | undefined {
  return typeof secret === "string" ? sealConnectorSecret(connectorId, secret) : secret;
}

function secretRequired(): DomainError {
  const message = "The address leads to another server: enter the secret again, or remove it.";
  return new DomainError("invalid", message, {
    code: "secret_required",
    errors: [{ pointer: "/secret", code: "secret_required", message: "is missing", fix: "Enter it again." }],
  });
}
