/** Text that PostgreSQL keeps unchanged, cut at `longest` characters. */
export function storable(text: string, longest: number): string {
  const cut = text.length > longest ? `${text.slice(0, longest)}…` : text;
  return cut.toWellFormed().replaceAll("\u0000", "\uFFFD");
}
