/** A chat completion as it was asked; `text` is everything that came, for looking through. */
export type AskedChat = {
  model: string;
  messages: { role: string; content: string }[];
  temperature?: number;
  logprobs?: boolean;
  response_format?: { type: string; json_schema?: { schema: object } };
  text: string;
};
