const problemContent = { "application/problem+json": { schema: { $ref: "#/components/schemas/Problem" } } };

/** RFC 9457 with our extension members. */
export const problemSchema = {
  type: "object",
  required: ["type", "title", "status", "detail", "code", "retryable", "errors"],
  properties: {
    type: { type: "string", format: "uri", description: "A page about this kind of problem" },
    title: { type: "string" },
    status: { type: "integer" },
    detail: { type: "string" },
    instance: { type: "string" },
    code: { type: "string", description: "Stable; what a program should branch on" },
    request_id: { type: "string" },
    retryable: { type: "boolean" },
    errors: {
      type: "array",
      items: {
        type: "object",
        required: ["pointer", "code", "message"],
        properties: {
          pointer: { type: "string", description: "RFC 6901 pointer into the body, /query or /params" },
          code: { type: "string" },
          message: { type: "string" },
          fix: { type: "string" },
        },
      },
    },
  },
  additionalProperties: true,
};

export const sharedResponses = {
  Unauthenticated: {
    description: "No key, or one that is wrong, expired or revoked",
    content: problemContent,
  },
  Forbidden: { description: "The scope or role does not allow this", content: problemContent },
  NotJson: { description: "The body is not JSON in UTF-8", content: problemContent },
  TooLarge: { description: "The body is too large", content: problemContent },
  UnsupportedMedia: {
    description: "The content type is not accepted, or the body is compressed",
    content: problemContent,
  },
  Invalid: { description: "A parameter or a field is wrong; errors say which", content: problemContent },
};
