import { hkdfSync, randomBytes } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { Failure } from "./failure.mjs";
import { writeJson } from "./files.mjs";

const bytes = 32;
const make = () => randomBytes(bytes).toString("base64");

/** Secrets of the application, by the environment variable that carries each. */
const names = {
  session: "COUNTERSIGN_SESSION_SECRET",
  encryptionKey: "COUNTERSIGN_ENCRYPTION_KEY",
  keyPepper: "COUNTERSIGN_KEY_PEPPER",
  audit: "COUNTERSIGN_AUDIT_SECRET",
  journalKey: "COUNTERSIGN_JOURNAL_KEY",
};

const keyFile = "COUNTERSIGN_ENCRYPTION_KEY_FILE";
const previousKeys = "COUNTERSIGN_ENCRYPTION_KEY_PREVIOUS";

/** The embedded mode's secrets, made at the first start and kept beside the data they protect. */
export function embeddedSecrets(dataDir) {
  const file = path.join(dataDir, "secrets.json");
  const kept = readSecrets(file);
  const all = { ...kept };
  for (const name of [...Object.keys(names), "databasePassword", "billingApiKey", "mailboxApiKey"]) {
    if (!all[name]) all[name] = name === "databasePassword" ? randomBytes(24).toString("base64url") : make();
  }
  if (Object.keys(all).length > Object.keys(kept).length) writeJson(file, all, 0o600);
  return all;
}

/** As environment variables; one that is set already stands. */
export function secretsAsEnvironment(secrets, env) {
  const pairs = Object.entries(names).map(([name, variable]) => [variable, env[variable] || secrets[name]]);
  const all = Object.fromEntries(pairs);
  return {
    ...all,
    ...encryptionKeys(secrets, env),
    NEXTAUTH_SECRET: env.NEXTAUTH_SECRET || all[names.session],
  };
}

/** The key that seals: from the environment, else from the file; the one that was made here still opens beside it. */
function encryptionKeys(secrets, env) {
  const given = env[names.encryptionKey] || "";
  const standing = secrets.standingKey || secrets.encryptionKey;
  if (!given && !env[keyFile]) return { [names.encryptionKey]: standing };
  const previous = [env[previousKeys], standing === given ? undefined : standing].filter(Boolean).join(",");
  return { [names.encryptionKey]: given, ...(previous && { [previousKeys]: previous }) };
}

/**
 * Production's secrets: each from its own variable, and what is missing derived from COUNTERSIGN_SECRET, so that one
 * value is enough. Throws when neither is there, or one is too short to be a secret.
 */
export function productionSecrets(env) {
  const master = env.COUNTERSIGN_SECRET;
  const given = ["COUNTERSIGN_SECRET", "NEXTAUTH_SECRET", ...Object.values(names)].filter(
    (name) => env[name],
  );
  const short = given.filter((name) => sizeOf(env[name]) < bytes);
  if (short.length) {
    throw new Failure(
      `${short.join(", ")}: shorter than ${bytes} bytes. Make one with: openssl rand -base64 ${bytes}`,
    );
  }
  for (const [where, key] of encryptionKeysGiven(env)) {
    if (Buffer.from(key, "base64").length === bytes) continue;
    throw new Failure(`${where}: not ${bytes} bytes in base64. Make one with: openssl rand -base64 ${bytes}`);
  }
  const missing = Object.values(names).filter(
    (variable) => !env[variable] && !(variable === names.encryptionKey && env[keyFile]),
  );
  if (missing.length && !master) {
    throw new Failure(
      `DATABASE_URL is set, so this is a production start, and it needs a secret that stays the same over restarts and on every machine.\nSet COUNTERSIGN_SECRET (or each of: ${missing.join(", ")}). Make one with: openssl rand -base64 ${bytes}`,
    );
  }
  const all = Object.entries(names).map(([name, variable]) => [
    name,
    env[variable] || derive(master, variable),
  ]);
  return { ...Object.fromEntries(all), standingKey: derive(master, names.encryptionKey) };
}

/** Every encryption key that the environment or its file gives, with the place it stands in. */
function encryptionKeysGiven(env) {
  const from = (where, text, separator) =>
    text.split(separator).flatMap((key) => (key.trim() ? [[where, key.trim()]] : []));
  return [
    ...from(names.encryptionKey, env[names.encryptionKey] || "", "\n"),
    ...from(previousKeys, env[previousKeys] || "", ","),
    ...(env[keyFile] ? from(keyFile, readKeyFile(env[keyFile]), "\n") : []),
  ];
}

function readKeyFile(file) {
  const text = existsSync(file) ? readFileSync(file, "utf8") : "";
  if (text.trim()) return text;
  throw new Failure(
    `${keyFile}: ${file} is not there, or empty. Write a key into it: openssl rand -base64 ${bytes}`,
  );
}

const derive = (master, label) =>
  master && Buffer.from(hkdfSync("sha256", master, "countersign", label, bytes)).toString("base64");

/** Bytes of chance that a text can hold at most: hexadecimal and base64 are decoded first. */
function sizeOf(text) {
  if (/^[0-9a-f]+$/i.test(text)) return Math.floor(text.length / 2);
  if (/^[A-Za-z0-9+/_-]+={0,2}$/.test(text)) return Buffer.from(text, "base64").length;
  return Buffer.byteLength(text);
}

function readSecrets(file) {
  if (!existsSync(file)) return {};
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch (error) {
    // New secrets would lock us out of the data that the old ones protect.
    throw new Failure(
      `${file} cannot be read as JSON (${error.message}). Put it back from a backup, or move the whole data folder away to start afresh.`,
    );
  }
}
