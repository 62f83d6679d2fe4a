/** A sign that is looked for by its form; its weight is how sure it alone makes us. */
export type Mark = { id: string; category: string; weight: number; pattern: RegExp };
