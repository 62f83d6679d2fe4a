/** A field's key as people read it: `amount_paid` → "Amount paid". */
export function fieldWords(key: string): string {
  const words = key.replaceAll("_", " ").trim();
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** A JSON pointer as people read it: `/charge/amount_paid` → "Charge › amount paid"; "" is the whole of it. */
export function pointerWords(pointer: string): string {
  if (pointer === "") return "All of it";
  const parts = pointer.slice(1).split("/");
  return fieldWords(parts.map((part) => part.replaceAll("~1", "/").replaceAll("~0", "~")).join(" › "));
}
