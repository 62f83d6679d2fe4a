/** A row of a table, and the line of the file that it begins in. */
export type CsvRow = { line: number; cells: string[] };

// A cell, quoted (with "" for a quote) or not, and what ends it; RFC 4180, with bare line feeds allowed.
const cell = /(?:"((?:[^"]|"")*)"|((?!")[^,\r\n]*))(,|\r\n|\n|\r|$)/gy;

/** Rows of RFC 4180 text. Throws where a quote is not closed, or text follows a closing one. */
export function csvRows(text: string): CsvRow[] {
  const rows: CsvRow[] = [];
  let cells: string[] = [];
  let [line, began] = [1, 1];
  let at = 0;
  while (at < text.length) {
    cell.lastIndex = at;
    const match = cell.exec(text);
    if (!match) throw new SyntaxError(`Line ${line} has a quote that does not end its cell`);
    const [whole, quoted, plain, end] = match;
    cells.push(quoted === undefined ? (plain ?? "") : quoted.replaceAll('""', '"'));
    at += whole.length;
    line += whole.split(/\r\n|\n|\r/).length - 1;
    const isLast = at >= text.length;
    // A comma at the very end opens one more, empty cell.
    if (end === "," && isLast) cells.push("");
    if (end === "," && !isLast) continue;
    rows.push({ line: began, cells });
    [cells, began] = [[], line];
  }
  return rows;
}
