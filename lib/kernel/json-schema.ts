import { z } from "zod";

/** A JSON Schema (2020-12) as people write it: an object; ajv compiles it before it is stored. */
export const JsonSchema = z.record(z.string(), z.json());
export type JsonSchema = z.output<typeof JsonSchema>;
