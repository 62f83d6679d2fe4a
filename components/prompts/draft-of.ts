import { readJsonObject } from "@/components/apps/json-text";
import { formText } from "@/components/identity/form-text";
import { confidenceSources } from "@/lib/models/vocabulary";
import type { PromptSettings } from "@/lib/prompts/settings";
import type { PromptMessage } from "@/lib/prompts/vocabulary";

/** What a draft's form says, beside what only a fit writes. Null while the taken arguments are no JSON object of pointers. */
export function draftOf(form: FormData, from: PromptSettings) {
  const take = readJsonObject(formText(form, "take"));
  if (!take.ok) return null;
  const pointers = Object.entries(take.value).flatMap(([name, pointer]): [string, string][] =>
    typeof pointer === "string" ? [[name, pointer]] : [],
  );
  const temperature = formText(form, "temperature").trim();
  const { temperature: _temperature, ...rest } = from;
  return {
    model: formText(form, "model"),
    messages: messagesOf(form),
    settings: {
      ...rest,
      ...(temperature === "" ? {} : { temperature: Number(temperature) }),
      confidence: confidenceSources.find((source) => source === form.get("confidence")) ?? "verbalised",
      samples: Number(formText(form, "samples")),
      max_output_tokens: Number(formText(form, "max_output_tokens")),
      take: Object.fromEntries(pointers),
    },
    note: formText(form, "note"),
  };
}

function messagesOf(form: FormData): PromptMessage[] {
  const contents = form.getAll("content");
  return form.getAll("role").map((role, at) => {
    const content = contents[at];
    return {
      role: role === "system" || role === "assistant" ? role : "user",
      content: typeof content === "string" ? content : "",
    };
  });
}
