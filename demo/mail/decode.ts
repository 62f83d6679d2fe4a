/** The bytes of a string whose characters stand for bytes; characters beyond 255 cannot be bytes and become "?". */
function bytesOf(text: string): Uint8Array {
  return Uint8Array.from(text, (char) => (char.charCodeAt(0) < 256 ? char.charCodeAt(0) : 63));
}

/** Bytes as text in the named charset; an unknown or misspelt one is read as Windows-1252, which never fails. */
export function decodeCharset(bytes: Uint8Array, charset: string): string {
  try {
    return new TextDecoder(charset.trim().toLowerCase()).decode(bytes);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return new TextDecoder("windows-1252").decode(bytes);
  }
}

/** Quoted-printable, tolerantly: a lone "=" stays as it is (RFC 2045 §6.7). */
export function decodeQuotedPrintable(text: string): Uint8Array {
  const unfolded = text.replace(/[ \t]*=[ \t]*\r?\n/g, "");
  return bytesOf(
    unfolded.replace(/=([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))),
  );
}

/** Base64, tolerantly: anything outside the alphabet is skipped (RFC 2045 §6.8). */
export function decodeBase64(text: string): Uint8Array {
  return Buffer.from(text.replace(/[^a-z0-9+/]/gi, ""), "base64");
}

/** A header's encoded words, `=?charset?B|Q?…?=`, read; the space between two of them is not text (RFC 2047). */
export function decodeHeader(value: string): string {
  return value
    .replace(/\?=\s+=\?/g, "?==?")
    .replace(/=\?([^?\s]+)\?([bq])\?([^?]*)\?=/gi, (_, charset: string, kind: string, body: string) =>
      decodeCharset(
        kind.toLowerCase() === "b" ? decodeBase64(body) : decodeQuotedPrintable(body.replaceAll("_", " ")),
        charset,
      ),
    );
}

/** A body as text, by its transfer encoding. Unencoded bodies were read as text by the corpus already. */
export function decodeBody(body: string, encoding: string, charset: string): string {
  if (encoding === "base64") return decodeCharset(decodeBase64(body), charset);
  if (encoding === "quoted-printable") return decodeCharset(decodeQuotedPrintable(body), charset);
  return body;
}
