import { createWriteStream, existsSync, mkdirSync, readFileSync, renameSync, statSync } from "node:fs";
import path from "node:path";

const limit = 10_000_000;

/**
 * Keeps a program's output in a file. What it says on its standard output also goes to the terminal, but for structured
 * lines (JSON) and Next's ticks; its errors stay in the file, whose end is shown when it fails.
 * @param {string} folder undefined: everything goes to the terminal, as a container's log collector wants it
 */
export function openLog(folder, name) {
  if (!folder)
    return {
      file: undefined,
      follow: (stream, target) => stream.pipe(target, { end: false }),
      tail: () => "",
    };
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const file = path.join(folder, `${name}.log`);
  if (existsSync(file) && statSync(file).size > limit) renameSync(file, `${file}.1`);
  const sink = createWriteStream(file, { flags: "a", mode: 0o600 });
  return {
    file,
    follow: (stream, target) => {
      stream.pipe(sink, { end: false });
      if (target === process.stdout) forwardSentences(stream, target);
    },
    tail: () => readFileSync(file, "utf8").trimEnd().split("\n").slice(-12).join("\n"),
  };
}

function forwardSentences(stream, target) {
  let rest = "";
  stream.setEncoding("utf8");
  stream.on("data", (chunk) => {
    const lines = (rest + chunk).split("\n");
    rest = lines.pop();
    for (const line of lines) if (!/^(\{|✓)/.test(line)) target.write(`${line}\n`);
  });
}
