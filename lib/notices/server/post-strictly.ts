import { allowedPrivateHosts, strictAgent, strictSend } from "@/lib/server/safe-fetch";
import { oneLine } from "../compose";

/** What became of one try. `dropped`: there is nobody to tell any more, and that is fine. */
export type Sent =
  | { outcome: "sent" }
  | { outcome: "failed"; error: string }
  | { outcome: "dropped"; why: string };

const timeoutMs = 15_000;

/** Posts to an address on the public internet, or one that is allowed by name; never follows a redirect. */
export async function postStrictly(
  address: string,
  { headers, body }: { headers: Record<string, string>; body: string },
): Promise<Sent> {
  const url = new URL(address);
  const agent = strictAgent({ allowedPrivateHosts: allowedPrivateHosts(), connections: 1, keepAlive: false });
  try {
    const answer = await strictSend(agent, {
      origin: url.origin,
      path: `${url.pathname}${url.search}`,
      method: "POST",
      headers: { "user-agent": "Countersign", ...headers },
      body,
      timeoutMs,
      maxAnswerBytes: 16 * 1024,
    });
    // What the other side says is shown to admins: one line of it. The address may be a secret and is in none.
    if (answer.kind !== "response") return { outcome: "failed", error: oneLine(answer.error, 300) };
    if (answer.status >= 200 && answer.status < 300) return { outcome: "sent" };
    return { outcome: "failed", error: oneLine(`It answered ${answer.status}: ${answer.text}`, 300) };
  } finally {
    await agent.destroy();
  }
}
