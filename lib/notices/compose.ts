import type { JsonObject } from "@/lib/kernel/json";

/** One thing to tell. Nothing in it was written by an app or its customers; names are those of people and settings. */
export type Told = {
  title: string;
  body: string;
  /** A path of the console. */
  href: string;
  /** A path that approves after a confirmation, for the one person it was made for. */
  approveHref?: string;
};

const longestTitle = 150;

/** One line of plain text: no control characters, no line breaks, bounded. */
export function oneLine(text: string, longest = longestTitle): string {
  const line = text.replaceAll(/[\p{C}\p{Zl}\p{Zp}\s]+/gu, " ").trim();
  return line.length > longest ? `${line.slice(0, longest - 1)}…` : line;
}

/** A mail of one thing, or of several as a digest. Plain text; links are of this installation alone. */
export function mailOf(
  told: readonly Told[],
  { orgName, origin }: { orgName: string; origin: string },
): { subject: string; text: string } {
  const [first] = told;
  const subject =
    told.length === 1 && first
      ? oneLine(first.title)
      : `${told.length} things to see in ${oneLine(orgName, 60)}`;
  const parts = told.map(({ title, body, href, approveHref }) =>
    [
      oneLine(title),
      ...(body ? [oneLine(body, 500)] : []),
      `Open: ${origin}${href}`,
      ...(approveHref ? [`Approve (asks you once more): ${origin}${approveHref}`] : []),
    ].join("\n"),
  );
  const foot = [
    `You get this from ${oneLine(orgName, 60)}'s Countersign. A link asks you to sign in, and does nothing by itself.`,
    `What you are mailed, and when: ${origin}/settings/notifications`,
  ].join("\n");
  return { subject, text: `${parts.join("\n\n")}\n\n--\n${foot}\n` };
}

/** A message for a Slack-compatible webhook: `text` for what shows no blocks. */
export function slackOf({ title, body, href }: Told, { origin }: { origin: string }): JsonObject {
  const link = `${origin}${href}`;
  const heading = `*${slackText(oneLine(title))}*`;
  const said = body ? `${heading}\n${slackText(oneLine(body, 500))}` : heading;
  return {
    text: `${slackText(oneLine(title))} ${link}`,
    blocks: [
      { type: "section", text: { type: "mrkdwn", text: said } },
      { type: "context", elements: [{ type: "mrkdwn", text: `<${link}|Open in Countersign>` }] },
    ],
  };
}

/** Text that Slack shows as it is: no link, mention or formatting can be made of it. */
export function slackText(text: string): string {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll(/([*_~`])/g, "\u200b$1");
}
