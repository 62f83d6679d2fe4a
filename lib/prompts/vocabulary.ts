/** A prompt version's walk. One of a prompt is active, at most one in shadow beside it. */
export const promptStatuses = ["draft", "shadow", "active", "retired"] as const;
export type PromptStatus = (typeof promptStatuses)[number];

/** One message of a template; `{{input}}` and `{{/json/pointer}}` are filled from the decision's input. */
export type PromptMessage = { role: "system" | "user" | "assistant"; content: string };
