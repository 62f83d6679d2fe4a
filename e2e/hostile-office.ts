import { expect, type Page } from "@playwright/test";
import { pieces } from "./hostile-strings";

/** What was put in, and where it can be looked at. */
export type HostileOffice = {
  appKey: string;
  appId: string;
  connectorId: string;
  queueKey: string;
  typeIds: string[];
  decisions: { id: string; reviewId: string | null }[];
  subject: { type: string; id: string };
};

type Made = { id: string; key: string; version: number };

/** Calls the API as the person who is signed in on the page. */
export function callAs(page: Page) {
  return async <T = Made>(
    method: "GET" | "POST" | "PUT" | "PATCH",
    at: string,
    data?: object,
  ): Promise<T> => {
    const headers = { origin: new URL(page.url()).origin };
    const answer = await page.request.fetch(`/api/v1${at}`, { method, data, headers });
    expect(answer.ok(), `${method} ${at}: ${await answer.text()}`).toBe(true);
    return (await answer.json()) as T;
  };
}

/** Cut to so many UTF-16 units, no character in two; never empty, and not changed by trimming. */
function cut(text: string, most: number): string {
  return `:${text}`
    .slice(0, most - 1)
    .toWellFormed()
    .concat(".");
}

/**
 * An app, a queue, two decision types, a connector and a key whose every text is hostile, and decisions that carry
 * all the strings in each field. What the first type submits waits for people; the second's runs alone and is audited.
 */
export async function hostileOffice(admin: Page, strings: readonly string[]): Promise<HostileOffice> {
  const call = callAs(admin);
  const stamp = Date.now().toString(36);
  const at = (index: number) => strings[(index * 37) % strings.length] ?? "";
  const app = await call("POST", "/apps", {
    key: `hostile-${stamp}`,
    name: cut(at(1), 100),
    description: cut(at(2), 1000),
  });
  const queue = await call("POST", "/queues", {
    key: `hostile-${stamp}`,
    name: cut(at(3), 100),
    description: cut(at(4), 1000),
  });
  const type = (name: string, from: number) =>
    call("POST", "/decision_types", {
      key: `hostile.${name}.n${stamp}`,
      name: cut(at(from), 100),
      description: cut(at(from + 1), 1000),
      queue_id: queue.id,
      reversibility: "reversible",
      arguments_schema: { type: "object", title: cut(at(from + 2), 200) },
      summary_template: "Act on {/text}",
      decline_reasons: Array.from({ length: 9 }, (_, i) => cut(`${i} ${at(from + 3 + i)}`, 100)),
    });
  const [asked, alone] = [await type("ask", 5), await type("alone", 20)];
  const connector = await call("POST", "/connectors", {
    key: `hostile-${stamp}`,
    name: cut(at(40), 100),
    class: "C",
    config: { base_url: "https://target.example.test", auth: "none" },
  });
  const autonomy = await call("GET", `/apps/${app.id}/autonomy/${alone.id}`);
  await call("PUT", `/apps/${app.id}/autonomy/${alone.id}`, {
    level: "auto",
    threshold: 0.5,
    audit_rate: 1,
    sla_minutes: 240,
    on_timeout: "hold",
    version: autonomy.version,
  });
  const { key } = await call<{ key: string }>("POST", "/api_keys", {
    app_id: app.id,
    name: cut(at(41), 100),
    scopes: ["decisions:write", "decisions:read", "feedback:write"],
    expires_in_days: 1,
  });
  const subject = { type: cut(at(42), 100), id: cut(at(43), 255) };
  const of = (typeKey: string, confidence?: number) => (texts: string[], no: number) =>
    aHostileDecision({ typeKey, subject, texts, name: `${stamp}-${typeKey}-${no}`, confidence });
  const bodies = [
    ...pieces(strings, 40).map(of(asked.key)),
    ...pieces(strings, Math.ceil(strings.length / 8)).map(of(alone.key, 0.9)),
  ];
  const decisions: Decision[] = [];
  for (const some of pieces(bodies, 6)) {
    decisions.push(...(await Promise.all(some.map((body) => submit(admin, key, body)))));
  }
  return {
    appKey: app.key,
    appId: app.id,
    connectorId: connector.id,
    queueKey: queue.key,
    typeIds: [asked.id, alone.id],
    decisions: decisions.map(({ id, review }) => ({ id, reviewId: review?.id ?? null })),
    subject,
  };
}

type Decision = { id: string; review: { id: string } | null };
type Wanted = {
  typeKey: string;
  subject: { type: string; id: string };
  texts: string[];
  name: string;
  confidence: number | undefined;
};

/** Several strings in every field a submission has, in each of the shapes that evidence is shown in. */
function aHostileDecision({ typeKey, subject, texts, name, confidence }: Wanted) {
  const [first = "", second = "", third = ""] = texts;
  const all = texts.join("\n");
  return {
    type: typeKey,
    external_id: cut(`${name} ${first}`, 255),
    subject,
    confidence,
    input: {
      messages: texts.map((text, i) => ({ role: i % 2 === 0 ? "user" : cut(second, 60), text })),
      by_name: Object.fromEntries(texts.map((text, i) => [cut(`${i} ${text}`, 120), text])),
    },
    context: [
      { id: "text", kind: "text", title: cut(first, 500), text: all, source: cut(second, 500) },
      { id: "mail", kind: "email", data: { from: first, to: second, subject: third, body: all } },
      { id: "table", kind: "table", data: texts.map((text, i) => ({ no: i, [cut(second, 80)]: text })) },
      { id: "tree", kind: cut(third, 100), data: { [cut(first, 100)]: { inner: [texts, { all }] } } },
      { id: "image", kind: "image", data: { image: first, name: second } },
      { id: cut(second, 100), title: "facts", data: { [cut(third, 100)]: first, more: second } },
    ],
    proposal: {
      arguments: {
        text: first,
        [cut(second, 100)]: third,
        many: texts.slice(0, 10),
        deep: { [cut(third, 60)]: all },
      },
    },
    rationale: {
      text: all.slice(0, 40_000).toWellFormed(),
      citations: [{ context_id: "text", quote: cut(first, 4000) }],
    },
    model: { provider: cut(first, 100), name: cut(second, 200), response_id: cut(third, 200) },
    prompt_version: cut(third, 200),
    metadata: { [cut(first, 40)]: cut(second, 500) },
  };
}

async function submit(page: Page, key: string, data: object): Promise<Decision> {
  const headers = { authorization: `Bearer ${key}` };
  const answer = await page.request.post("/api/v1/decisions", { headers, data });
  expect(answer.status(), await answer.text()).toBe(201);
  return (await answer.json()) as Decision;
}

/** What people write about the first decisions: notes, feedback, an outcome, a verdict with its note. */
export async function writeAbout(
  reviewer: Page,
  office: HostileOffice,
  strings: readonly string[],
): Promise<void> {
  const call = callAs(reviewer);
  const [first, second] = office.decisions;
  const long = strings.join("\n").slice(0, 4500).toWellFormed();
  await call("POST", `/decisions/${first?.id}/notes`, { text: long });
  await call("POST", `/decisions/${first?.id}/feedback`, { vote: "down", text: long });
  const reasons = await call<{ decline_reasons: string[] }>("GET", `/reviews/${second?.reviewId}`);
  await call("POST", `/reviews/${second?.reviewId}/verdict`, {
    verdict: "decline",
    reason_code: reasons.decline_reasons[0],
    note: long,
  });
  await call("POST", "/saved_views", {
    page: "inbox",
    // A second try of the story is another view.
    name: `${cut(strings[3] ?? "", 50)} ${Date.now() % 100_000}`,
    query: "",
    shared: true,
  });
}
