import { isJsonObject, type JsonValue } from "@/lib/kernel/json";

const cover = "[secret]";
/** One of a few letters is found everywhere. */
const shortest = 6;

/** A text in which no secret can be read, in any of the forms that targets write it in. */
export function coverText(text: string, secrets: readonly string[]): string {
  let clean = text;
  for (const form of secrets.flatMap(formsOf)) clean = clean.replaceAll(form, cover);
  return clean;
}

/** A JSON value with every text in it covered, the names of members too. */
export function coverValue(value: JsonValue, secrets: readonly string[]): JsonValue {
  if (typeof value === "string") return coverText(value, secrets);
  if (Array.isArray(value)) return value.map((item) => coverValue(item, secrets));
  if (!isJsonObject(value)) return value;
  const members = Object.entries(value).map(
    ([name, member]) => [coverText(name, secrets), coverValue(member, secrets)] as const,
  );
  return Object.fromEntries(members);
}

const formsBySecret = new Map<string, string[]>();
const mostKept = 1000;

function formsOf(secret: string): string[] {
  if (secret.length < shortest) return [];
  const known = formsBySecret.get(secret);
  if (known) return known;
  const bytes = Buffer.from(secret, "utf8");
  const quoted = inJson(secret);
  const escaped = encodeURIComponent(secret);
  const forms = new Set([
    secret,
    quoted,
    inJson(quoted),
    escaped,
    escaped.replaceAll(/%[0-9A-F]{2}/g, (part) => part.toLowerCase()),
    escaped.replaceAll("%20", "+"),
    new URLSearchParams([["", secret]]).toString().slice(1),
    bytes.toString("base64"),
    encodeURIComponent(bytes.toString("base64")),
    bytes.toString("base64url"),
    bytes.toString("hex"),
  ]);
  // PHP's JSON writes \/ for a slash.
  const all = [...forms].flatMap((form) => [
    form,
    form.replaceAll("/", "\\/"),
    form.replaceAll("/", "\\\\/"),
  ]);
  // The longer ones first: a shorter form may be a part of a longer one.
  const sorted = [...new Set(all)].toSorted((a, b) => b.length - a.length);
  if (formsBySecret.size >= mostKept) formsBySecret.clear();
  formsBySecret.set(secret, sorted);
  return sorted;
}

/** As it stands between the quotes of a JSON text. */
function inJson(text: string): string {
  return JSON.stringify(text).slice(1, -1);
}
