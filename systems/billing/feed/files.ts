import { appendFile, mkdir, open } from "node:fs/promises";
import { dirname } from "node:path";

const tailBytes = 256 * 1024;

/** Appends in one write, making the folder when missing. */
export async function appendTo(file: string, text: string): Promise<void> {
  await mkdir(dirname(file), { recursive: true });
  await appendFile(file, text, { mode: 0o600 });
}

/** The file's end, to see what was written before a crash; empty when there is no file. */
export async function readTail(file: string): Promise<string> {
  let handle;
  try {
    handle = await open(file, "r");
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return "";
    throw error;
  }
  try {
    const { size } = await handle.stat();
    const start = Math.max(0, size - tailBytes);
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(size - start), 0, size - start, start);
    return buffer.toString("utf8", 0, bytesRead);
  } finally {
    await handle.close();
  }
}
