import { DomainError, type FieldError } from "@/lib/kernel/errors";
import { atPointer, type JsonObject, type JsonValue } from "@/lib/kernel/json";
import type { PromptMessage } from "./vocabulary";

const place = /\{\{\s*([^{}]*?)\s*\}\}/g;

/** What is wrong with a template's places: each is `{{input}}` or a pointer into the input, `{{/order/id}}`. */
export function templateErrors(messages: readonly PromptMessage[]): FieldError[] {
  return messages.flatMap(({ content }, at) =>
    [...content.matchAll(place)].flatMap(([whole, name = ""]) => {
      if (name === "input" || name.startsWith("/")) return [];
      return {
        pointer: `/messages/${at}/content`,
        code: "unknown_place",
        message: `${whole.slice(0, 60)} names nothing`,
        fix: "Write {{input}} for the whole input, or a pointer into it such as {{/order/id}}.",
      };
    }),
  );
}

/**
 * The messages with every place filled from the input: texts as they are, anything else as JSON. Throws
 * `validation_failed` with a pointer for each place that the input does not have.
 */
export function fillTemplate(messages: readonly PromptMessage[], input: JsonValue): PromptMessage[] {
  const errors: FieldError[] = [];
  const filled = messages.map(({ role, content }) => ({
    role,
    // A function: what is filled in is never read as a pattern or as a place again.
    content: content.replaceAll(place, (_whole, name: string) => {
      if (name === "input") return JSON.stringify(input, null, 2);
      const value = atPointer(input, name);
      if (value === undefined) errors.push(absent(name, "the prompt"));
      return typeof value === "string" ? value : JSON.stringify(value ?? null);
    }),
  }));
  if (errors.length > 0) throw wrongInput(errors);
  return filled;
}

/** Arguments that are taken from the input and never asked of a model: name → pointer. Throws as {@link fillTemplate}. */
export function takeArguments(pointers: Readonly<Record<string, string>>, input: JsonValue): JsonObject {
  const errors: FieldError[] = [];
  const taken = Object.entries(pointers).flatMap(([name, pointer]): [string, JsonValue][] => {
    const value = atPointer(input, pointer);
    if (value !== undefined) return [[name, value]];
    errors.push(absent(pointer, `the argument ${name}`));
    return [];
  });
  if (errors.length > 0) throw wrongInput(errors);
  return Object.fromEntries(taken);
}

function absent(pointer: string, wanted: string): FieldError {
  return {
    pointer: `/input${pointer}`,
    code: "required",
    message: `is not there, and ${wanted} needs it`,
    fix: "Send it in the input, or change the prompt.",
  };
}

function wrongInput(errors: FieldError[]): DomainError {
  const [first] = errors;
  return new DomainError("invalid", `${first?.pointer} ${first?.message}`, {
    code: "validation_failed",
    errors,
  });
}
