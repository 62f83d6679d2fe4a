import { z } from "zod";

/** How a row says which decision it is about: by our id, by its app's own name for it, or by what it was about. */
export const decisionRefFields = {
  decision_id: z.string().min(1).max(64).optional(),
  external_id: z.string().min(1).max(255).optional(),
  app: z.string().max(100).optional().describe("Key or id of the app; an app's key already says it"),
  subject: z
    .strictObject({ type: z.string().min(1).max(100), id: z.string().min(1).max(255) })
    .optional()
    .describe("The only decision about this subject in the window; several are never guessed between"),
  window: z
    .strictObject({
      from: z.iso.datetime({ offset: true }).optional(),
      to: z.iso.datetime({ offset: true }).optional(),
    })
    .optional()
    .describe("With a subject: when it was decided, or came in while it is not; both ends included"),
} as const;

export type DecisionRef = {
  decision_id?: string;
  external_id?: string;
  app?: string;
  subject?: { type: string; id: string };
  window?: { from?: string; to?: string };
};

/** True where exactly one of the three ways is used. */
export function isOneRef({ decision_id, external_id, subject }: DecisionRef): boolean {
  return [decision_id, external_id, subject].filter((way) => way !== undefined).length === 1;
}
export const oneRefIssue = {
  path: ["decision_id"],
  message: "send one of decision_id, external_id and subject",
};

/** True unless a window is sent without the subject it narrows. */
export function isWindowOfSubject({ subject, window }: DecisionRef): boolean {
  return window === undefined || subject !== undefined;
}
export const windowIssue = { path: ["window"], message: "a window goes with a subject" };

/** What a reference names, for a sentence. */
export function refWords({ decision_id, external_id, subject }: DecisionRef): string {
  if (decision_id !== undefined) return decision_id;
  if (subject) return `about ${subject.type} ${subject.id}`;
  return `with the external id ${external_id}`;
}
