export const fileTypes = ["application/pdf", "image/png", "image/jpeg", "text/plain"] as const;
export type FileType = (typeof fileTypes)[number];

const extensions: Record<FileType, string> = {
  "application/pdf": "pdf",
  "image/png": "png",
  "image/jpeg": "jpg",
  "text/plain": "txt",
};

const signatures: readonly [FileType, readonly number[]][] = [
  ["application/pdf", [0x25, 0x50, 0x44, 0x46, 0x2d]],
  ["image/png", [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]],
  ["image/jpeg", [0xff, 0xd8, 0xff]],
];

/** What a file is by its bytes, whatever it calls itself; undefined for what is not accepted. */
export function sniffFile(bytes: Uint8Array): FileType | undefined {
  for (const [type, signature] of signatures) {
    if (signature.every((byte, at) => bytes[at] === byte)) return type;
  }
  return isPlainText(bytes) ? "text/plain" : undefined;
}

// Text that looks like markup is not taken for text: some reader would take it for markup.
function isPlainText(bytes: Uint8Array): boolean {
  if (bytes.length === 0) return false;
  try {
    const text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    // oxlint-disable-next-line no-control-regex -- control characters are what this looks for
    return !/[\u0000-\u0008\u000b\u000e-\u001f\u007f]/.test(text) && !/^\s*<[!?a-z]/i.test(text);
  } catch {
    return false;
  }
}

/** A name to store: the last part of what was given, without anything but letters, digits and a few signs. */
export function fileName(given: string, type: FileType): string {
  const last = given.split(/[/\\]/).at(-1) ?? "";
  const stem = last
    .replace(/\.[^.]*$/, "")
    .replaceAll(/[^\p{L}\p{N} ()_-]+/gu, "_")
    .trim()
    .slice(0, 80);
  return `${stem || "file"}.${extensions[type]}`;
}
