/** The page of everything decided about one subject. */
export function subjectAddress({ type, id }: { type: string; id: string }): string {
  return `/subjects/${encodeURIComponent(type)}/${encodeURIComponent(id)}`;
}
