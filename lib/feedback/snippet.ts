/** What a page of one's own takes to ask its customer about a decision. */
export function snippetOf(origin: string, token: string): string {
  return `<div data-countersign-token="${token}"></div>\n<script async src="${origin}/feedback.js"></script>`;
}
