import path from "node:path";
import { Failure } from "./failure.mjs";
import { freePort, isFree } from "./ports.mjs";
import { root } from "./runtime.mjs";
import { secretsAsEnvironment } from "./secrets.mjs";

/** Where the embedded mode keeps its database, secrets, logs and mail. */
export function dataDirOf(env) {
  return path.resolve(root, env.COUNTERSIGN_DATA_DIR || "data");
}

export const isDemoOff = (env) => /^(off|false|0|no)$/i.test(env.COUNTERSIGN_DEMO || "");

/** The port to serve on. Throws when it is not a number or something else has it. */
export async function servingPort(env, hosts) {
  const text = env.PORT || "3000";
  if (!/^\d{1,5}$/.test(text) || Number(text) > 65_535)
    throw new Failure(`PORT=${text} is not a port. Give a number from 1 to 65535.`);
  if (Number(text) === 0) return freePort();
  const port = Number(text);
  for (const host of hosts) {
    if (await isFreeIfPresent(port, host)) continue;
    throw new Failure(
      `Port ${port} is in use by another program. Stop that one, or choose another: PORT=${port + 100} npm start`,
    );
  }
  return port;
}

async function isFreeIfPresent(port, host) {
  try {
    return await isFree(port, host);
  } catch (error) {
    if (error.code === "EADDRNOTAVAIL" || error.code === "EAFNOSUPPORT") return true; // This machine has no such address.
    if (error.code === "EACCES")
      throw new Failure(
        `Port ${port} needs more rights than this user has. Choose one above 1023: PORT=3000 npm start`,
      );
    throw error;
  }
}

/** The address people use, in the one form that browsers send as Origin. Throws what is no address of a whole site. */
export function originOf(env, port) {
  const name = env.COUNTERSIGN_ORIGIN ? "COUNTERSIGN_ORIGIN" : "NEXTAUTH_URL";
  const given = env.COUNTERSIGN_ORIGIN || env.NEXTAUTH_URL || `http://localhost:${port}`;
  const url = URL.canParse(given) ? new URL(given) : undefined;
  if (!url || !/^https?:$/.test(url.protocol))
    throw new Failure(
      `${name}=${given} is not an address. Write it with https://, such as https://desk.example.com`,
    );
  if (url.username || url.password)
    throw new Failure(`${name} holds a name or password. Leave them out: ${url.protocol}//${url.host}`);
  if (url.pathname !== "/" || url.search || url.hash)
    throw new Failure(
      `${name}=${given} has a path of its own. Countersign is served from the top of a host: ${url.origin}`,
    );
  return url.origin;
}

/** What every program of the embedded mode is told. */
export function embeddedEnvironment({ env, databaseUrl, secrets, port, billingPort, mailboxPort, dataDir }) {
  const origin = originOf(env, port);
  return {
    ...shared({ env, origin, port }),
    ...secretsAsEnvironment(secrets, env),
    COUNTERSIGN_MODE: "embedded",
    COUNTERSIGN_DATA_DIR: dataDir,
    DATABASE_URL: databaseUrl,
    HOST: env.HOST || "127.0.0.1",
    BILLING_PORT: String(billingPort),
    BILLING_URL: `http://127.0.0.1:${billingPort}`,
    BILLING_API_KEY: env.BILLING_API_KEY || secrets.billingApiKey,
    BILLING_DATA_DIR: path.join(dataDir, "billing"),
    BILLING_MAIL_FILE: path.join(dataDir, "billing", "mail.mbox"),
    BILLING_ANALYTICS_FILE: path.join(dataDir, "billing", "analytics.jsonl"),
    MAILBOX_PORT: String(mailboxPort),
    MAILBOX_URL: `http://127.0.0.1:${mailboxPort}`,
    MAILBOX_API_KEY: env.MAILBOX_API_KEY || secrets.mailboxApiKey,
    MAILBOX_DATA_DIR: path.join(dataDir, "mailbox"),
    // The connectors may reach these two on this machine and what the operator named, and nothing else that is private.
    COUNTERSIGN_ALLOWED_PRIVATE_HOSTS: [
      `127.0.0.1:${billingPort}`,
      `127.0.0.1:${mailboxPort}`,
      ...(env.COUNTERSIGN_ALLOWED_PRIVATE_HOSTS ? [env.COUNTERSIGN_ALLOWED_PRIVATE_HOSTS] : []),
    ].join(","),
  };
}

/** What the web server and the workers are told in production. */
export function productionEnvironment({ env, secrets, port }) {
  const origin = originOf(env, port);
  return {
    ...shared({ env, origin, port }),
    ...secretsAsEnvironment(secrets, env),
    COUNTERSIGN_MODE: "production",
    HOST: env.HOST || "0.0.0.0",
  };
}

function shared({ env, origin, port }) {
  return {
    ...env,
    NODE_ENV: "production",
    NEXT_TELEMETRY_DISABLED: "1",
    PORT: String(port),
    COUNTERSIGN_ORIGIN: origin,
    NEXTAUTH_URL: origin,
  };
}
