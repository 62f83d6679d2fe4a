import { setTimeout as sleep } from "node:timers/promises";

const writers = 6;

/** One call of the API with the refund desk's key; throws with the status when it is not a 2xx. */
export async function api(demo, method, address, body, signal = AbortSignal.timeout(10_000)) {
  const response = await fetch(new URL(address, demo.url), {
    method,
    headers: { authorization: `Bearer ${demo.key}`, "content-type": "application/json" },
    body: body && JSON.stringify(body),
    signal,
  });
  const text = await response.text();
  if (!response.ok) {
    throw Object.assign(new Error(`${method} ${address}: ${response.status} ${text.slice(0, 300)}`), {
      status: response.status,
    });
  }
  return JSON.parse(text);
}

/** Every object of a kind in the billing system: its own ledger, not what anybody says of it. */
export async function ledgerOf(demo, kind) {
  const all = [];
  for (let after = ""; ;) {
    const response = await fetch(`${demo.billingUrl}/v1/${kind}?limit=100${after}`, {
      headers: { authorization: `Bearer ${demo.billingKey}` },
      signal: AbortSignal.timeout(60_000),
    });
    if (!response.ok) throw new Error(`billing answered ${response.status} to a list of ${kind}`);
    const page = await response.json();
    all.push(...page.data);
    if (!page.has_more) return all;
    after = `&starting_after=${page.data.at(-1).id}`;
  }
}

/**
 * Submits small refunds that run by themselves until `isOver`: `acknowledged` collects external id → decision id,
 * `unanswered` the ones whose fate the caller was not told. Each is first tried again in the next round.
 */
export async function submitUntil({ demo, invoices, round, acknowledged, unanswered, isOver }) {
  const again = [...unanswered];
  let made = 0;
  async function write(writer) {
    while (!isOver()) {
      const key = again.pop() ?? `kill-${round}-${writer}-${(made += 1)}`;
      unanswered.add(key);
      try {
        const decision = await api(demo, "POST", "/api/v1/decisions", refund(key, invoices));
        acknowledged.set(key, decision.id);
        unanswered.delete(key);
      } catch (error) {
        if (error.status && error.status < 500) throw error;
        await sleep(50);
      }
    }
  }
  await Promise.all(Array.from({ length: writers }, (_, writer) => write(writer)));
}

// The same key must always carry the same body, in whatever round it is sent.
function refund(key, invoices) {
  const at = [...key].reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) % 1_000_003, 7);
  const invoice = invoices[at % invoices.length];
  return {
    type: "refund.issue",
    external_id: key,
    input: { message: "Torture: a refund of one cent" },
    proposal: { arguments: { invoice: invoice.number, amount: 1, currency: invoice.currency.toUpperCase() } },
    confidence: 0.99,
  };
}
