/** One record of a file: the line it begins on (from 1), and its text or cells. */
export type Line<T> = { line: number; value: T };

/** The most UTF-16 units one record may have. */
export const longestRecord = 256 * 1024;

/** The file cannot be read beyond this line. */
export class UnreadableLine extends Error {}

function tooLong(line: number): UnreadableLine {
  return new UnreadableLine(`line ${line} is over ${longestRecord} characters`);
}

/** Reads text as it comes in pieces; `end` gives what stood after the last line's end. */
export interface LineReader<T> {
  push(text: string): Line<T>[];
  end(): Line<T>[];
}

/** Lines of JSONL. Empty ones are passed over, and counted. */
export class JsonLines implements LineReader<string> {
  #rest = "";
  #line = 1;

  push(text: string): Line<string>[] {
    const parts = (this.#rest + text).split("\n");
    this.#rest = parts.pop() ?? "";
    if (this.#rest.length > longestRecord) throw tooLong(this.#line + parts.length);
    return parts.flatMap((part) => this.#take(part));
  }

  end(): Line<string>[] {
    const rest = this.#rest;
    this.#rest = "";
    return this.#take(rest);
  }

  #take(part: string): Line<string>[] {
    const line = this.#line++;
    if (part.length > longestRecord) throw tooLong(line);
    // Some programs begin a file with a byte order mark.
    const value = (line === 1 && part.startsWith("\u{FEFF}") ? part.slice(1) : part).trim();
    return value === "" ? [] : [{ line, value }];
  }
}

const delimiters = [",", ";", "\t"];

/**
 * Records of CSV (RFC 4180): quoted cells with doubled quotes and line breaks, LF or CRLF, with or without a byte order
 * mark. What parts cells is a comma, a semicolon or a tab, whichever the first line has most of. Records whose cells are
 * all empty are passed over.
 */
export class CsvRecords implements LineReader<string[]> {
  #head: string | undefined = "";
  #delimiter = ",";
  #cells: string[] = [];
  #cell = "";
  #length = 0;
  /** `quote`: inside quotes, just after one that may end it or be the first of two. */
  #state: "start" | "bare" | "quoted" | "quote" = "start";
  #line = 1;
  #began = 1;
  #afterReturn = false;

  push(text: string): Line<string[]>[] {
    if (this.#head === undefined) return this.#read(text);
    this.#head += text;
    // What parts cells is known once the first line is here.
    if (!this.#head.includes("\n") && this.#head.length <= longestRecord) return [];
    return this.#begin();
  }

  end(): Line<string[]>[] {
    const first = this.#head === undefined ? [] : this.#begin();
    if (this.#state === "quoted") {
      throw new UnreadableLine(`the quote that line ${this.#began} opens is never closed`);
    }
    const hasRest = this.#cells.length > 0 || this.#cell !== "" || this.#state !== "start";
    return hasRest ? [...first, ...this.#endRecord()] : first;
  }

  #begin(): Line<string[]>[] {
    const text = (this.#head ?? "").replace(/^\u{FEFF}/u, "");
    this.#head = undefined;
    const [first = ""] = text.split("\n", 1);
    const counts = delimiters.map((one) => first.split(one).length);
    this.#delimiter = delimiters[counts.indexOf(Math.max(...counts))] ?? ",";
    return this.#read(text);
  }

  #read(text: string): Line<string[]>[] {
    const records: Line<string[]>[] = [];
    for (const char of text) {
      if (this.#step(char)) records.push(...this.#endRecord());
    }
    return records;
  }

  /** Takes one character; true at the end of a record. */
  #step(char: string): boolean {
    const isSecondHalf = this.#afterReturn && char === "\n";
    this.#afterReturn = char === "\r";
    if (this.#state === "quoted") {
      if (char === '"') this.#state = "quote";
      else this.#add(char);
      if (char === "\n") this.#line += 1;
      return false;
    }
    if (isSecondHalf) return false;
    if (char === "\n" || char === "\r") {
      this.#line += 1;
      return true;
    }
    if (char === this.#delimiter) this.#endCell();
    else if (char === '"' && this.#state === "quote") {
      this.#state = "quoted";
      this.#add(char);
    } else if (char === '"' && this.#state === "start") this.#state = "quoted";
    else {
      this.#state = "bare";
      this.#add(char);
    }
    return false;
  }

  #add(char: string): void {
    this.#cell += char;
    this.#length += char.length;
    if (this.#length > longestRecord) throw tooLong(this.#began);
  }

  #endCell(): void {
    this.#cells.push(this.#cell);
    this.#cell = "";
    this.#state = "start";
  }

  #endRecord(): Line<string[]>[] {
    this.#endCell();
    const record = { line: this.#began, value: this.#cells };
    this.#cells = [];
    this.#length = 0;
    this.#began = this.#line;
    return record.value.every((cell) => cell.trim() === "") ? [] : [record];
  }
}
