import type { Metadata } from "next";
import Link from "next/link";
import { DocsFrame } from "@/components/docs/docs-frame";
import { Ticked } from "@/components/docs/operation";
import { DocsHeader, DocsSection } from "@/components/docs/prose";
import { CodeBlock } from "@/components/ui/code-block";
import { linkLimits } from "@/lib/feedback/link-limits";
import { snippetOf } from "@/lib/feedback/snippet";
import { origin } from "@/lib/server/origin";
import { docsLinks } from "../reference";

export const metadata: Metadata = { title: "Feedback from customers" };

const words = [
  ["data-question", "Was this right for you?"],
  ["data-good", "Good"],
  ["data-bad", "Bad"],
  ["data-comment", "In your words, if you like"],
  ["data-send", "Send"],
  ["data-thanks", "Thank you. We have what you said."],
  ["data-failed", "It was not sent."],
];

export default function CustomerFeedbackPage() {
  const home = origin();
  return (
    <DocsFrame links={docsLinks("/docs/feedback")}>
      <DocsHeader title="Feedback from customers">
        The customer of a decision says from their own browser what they think of it. No key of yours is in
        the page: a signed token names the one decision, and lapses.
      </DocsHeader>
      <DocsSection id="link" title="1. Make a link, on your server">
        <CodeBlock
          label="curl"
          code={`curl ${home}/api/v1/feedback_links \\
  -H "Authorization: Bearer $COUNTERSIGN_KEY" -H "Content-Type: application/json" \\
  -d '{"decision_id": "dec_…", "expires_in_days": ${linkLimits.days}}'`}
        />
        <p className="text-muted-foreground">
          <Ticked text="The answer has the `token` and the `url` of a page that asks for you: send it in a message. Neither is shown again. The key needs `feedback:write` or `decisions:write`; in the console, a decision’s page makes a link too." />
        </p>
      </DocsSection>
      <DocsSection id="snippet" title="2. Or ask on a page of your own">
        <CodeBlock label="HTML" code={snippetOf(home, "TOKEN")} />
        <p className="text-muted-foreground">
          The script draws two thumbs and a text field into a closed shadow root: your styles do not reach it
          and it reads nothing of your page. It sends no cookies. With a content security policy, allow this
          address under script-src and connect-src.
        </p>
        <p className="text-muted-foreground">Its words can be replaced by attributes of the div:</p>
        <ul className="flex flex-col gap-1">
          {words.map(([name, word]) => (
            <li key={name} className="text-sm">
              <code className="font-mono text-xs">{name}</code>, otherwise “{word}”
            </li>
          ))}
        </ul>
      </DocsSection>
      <DocsSection id="own" title="3. Or build your own">
        <CodeBlock
          label="JavaScript"
          code={`await fetch(\`${home}/api/v1/feedback_links/\${token}/feedback\`, {
  method: "POST",
  headers: { "Content-Type": "application/json" },
  body: JSON.stringify({ vote: "down", text: "It went to the wrong card" }),
});`}
        />
        <p className="text-muted-foreground">
          <Ticked text="It can be called from any site, without credentials. One token holds one feedback: sending again changes it until the link lapses, what was said before is kept as history, and sending the same again changes nothing. A token that was forged, cut off or changed is answered with 404 `feedback_link_invalid`, one that lapsed with 410 `feedback_link_expired`; nothing is stored." />
        </p>
      </DocsSection>
      <DocsSection id="files" title="Files of feedback and outcomes">
        <p className="text-muted-foreground">
          <Ticked text="What customers said elsewhere, and what turned out to be right, goes in as CSV or JSONL over `POST /api/v1/feedback_imports` or under Settings, Imports. Rows name their decision by our id, by yours, or by what it was about." />{" "}
          <Link href="/docs/api/feedback" className="text-primary-text underline">
            All calls about feedback
          </Link>
        </p>
      </DocsSection>
    </DocsFrame>
  );
}
