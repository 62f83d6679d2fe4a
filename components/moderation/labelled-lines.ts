/** A text and whether there is something in it to find. */
export type LabelledLine = { text: string; label: boolean };

/**
 * Reads JSONL of `{"text": "…", "label": true}`; `label` may also be 1 and 0. Says at which line it is wrong; blank
 * lines are skipped.
 */
export function readLabelledLines(
  jsonl: string,
): { ok: true; cases: LabelledLine[] } | { ok: false; message: string } {
  const cases: LabelledLine[] = [];
  for (const [index, line] of jsonl.split(/\r?\n/).entries()) {
    if (line.trim() === "") continue;
    const read = readLine(line);
    if (!read)
      return { ok: false, message: `Line ${index + 1} is not {"text": "…", "label": true or false}` };
    cases.push(read);
  }
  return cases.length === 0 ? { ok: false, message: "There are no lines in it" } : { ok: true, cases };
}

function readLine(line: string): LabelledLine | undefined {
  const value = parsed(line);
  if (typeof value !== "object" || value === null || !("text" in value) || !("label" in value))
    return undefined;
  const { text, label } = value;
  if (typeof text !== "string" || text === "") return undefined;
  if (label === true || label === 1) return { text, label: true };
  return label === false || label === 0 ? { text, label: false } : undefined;
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined; // said with the line's number
  }
}
