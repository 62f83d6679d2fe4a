/** What the agent for toxicity tells apart. */
export type ToxicityCategory = "profanity" | "insult" | "threat" | "identity_attack" | "sexual";
