import { randomBytes } from "node:crypto";
import type { Database } from "@/db/client";
import { anOrg, aRefundDesk } from "@/db/testing-fixtures";
import { CreateModel } from "@/lib/models/catalogue";
import { createModel } from "@/lib/models/server/create-model";
import type { AskedChat } from "@/lib/models/testing-asked-chat";
import { anOpenAiServer, type SaidChat } from "@/lib/models/testing-openai-server";
import { PromptSettings } from "../settings";
import { createPrompt } from "./create-prompt";
import { moveVersion } from "./move-version";

type Options = {
  model?: Partial<CreateModel>;
  settings?: object;
  content?: string;
  autonomy?: Parameters<typeof aRefundDesk>[2];
};

/** An app whose active prompt is answered by a local fake of OpenAI: what a test of runs begins with. */
export async function aPromptedDesk(
  db: Database,
  answer: (asked: AskedChat, at: number) => SaidChat,
  options: Options = {},
) {
  process.env.COUNTERSIGN_AUDIT_SECRET = "a-secret-of-the-tests";
  process.env.COUNTERSIGN_ENCRYPTION_KEY ??= randomBytes(32).toString("base64");
  const fake = await anOpenAiServer(answer);
  process.env.COUNTERSIGN_ALLOWED_PRIVATE_HOSTS = fake.host;
  const org = await anOrg(db);
  const desk = await aRefundDesk(db, org, options.autonomy ?? {});
  const model = await createModel(
    org.admin,
    CreateModel.parse({
      key: "fake-small",
      name: "Fake small",
      provider: "openai_compatible",
      model: "fake-1",
      base_url: fake.baseUrl,
      secret: "sk-test",
      timeout_ms: 3000,
      max_retries: 1,
      input_price_micros: 400_000,
      output_price_micros: 1_600_000,
      gives_token_probabilities: true,
      ...options.model,
    }),
  );
  const prompt = await createPrompt(org.admin, {
    app: desk.app,
    key: "refund-judge",
    name: "Refund judge",
    type: desk.typeKey,
    model: model.id,
    messages: [
      { role: "system", content: "You decide on refunds." },
      { role: "user", content: options.content ?? "{{input}}" },
    ],
    settings: PromptSettings.parse(options.settings ?? {}),
    note: "",
  });
  const move = (version: number, to: "shadow" | "active" | "retired") =>
    moveVersion(org.admin, { app: desk.app, prompt: prompt.id, version, to, note: "" });
  const active = await move(1, "active");
  const versionId = active.versions[0]?.id ?? "";
  const key = await org.keyOf(desk.app, ["decisions:write", "decisions:read"]);
  return { org, desk, fake, model, prompt, versionId, key, move };
}

/** An answer that the refund desk's type takes. */
export const refundAnswer = (more: object = {}) => ({
  rationale: "Charged twice for one invoice.",
  predicted: "positive",
  arguments: { invoice: "INV-0001", amount: 1800, currency: "EUR" },
  confidence: 0.93,
  ...more,
});
