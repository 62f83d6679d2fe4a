import { expect, test } from "vitest";
import { fileName, sniffFile } from "./sniff-file";

const bytes = (text: string) => new TextEncoder().encode(text);

test("a file is what its bytes are, whatever it is called", () => {
  expect(sniffFile(bytes("%PDF-1.7\n…"))).toBe("application/pdf");
  expect(sniffFile(new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 1]))).toBe("image/png");
  expect(sniffFile(new Uint8Array([0xff, 0xd8, 0xff, 0xe0]))).toBe("image/jpeg");
  expect(sniffFile(bytes("Ich habe nie bestellt.\r\n\tGrüße"))).toBe("text/plain");
});

test.each([
  ["markup", "<html><script>alert(1)</script>"],
  ["an SVG", '  <svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)">'],
  ["an XML document", "<?xml version='1.0'?><x/>"],
  ["a program", "MZ\u0090\u0000\u0003"],
  ["an archive", "PK\u0003\u0004"],
  ["nothing", ""],
])("%s is not taken", (_what, text) => {
  expect(sniffFile(bytes(text))).toBeUndefined();
});

test("bytes that are no UTF-8 are no text", () => {
  expect(sniffFile(new Uint8Array([0xc3, 0x28, 0x41]))).toBeUndefined();
});

test("a stored name leads nowhere and says what the file is", () => {
  expect(fileName("../../etc/passwd", "text/plain")).toBe("passwd.txt");
  expect(fileName("C:\\Users\\me\\Rechnung Nr. 5.exe", "application/pdf")).toBe("Rechnung Nr_ 5.pdf");
  expect(fileName('a"\r\nSet-Cookie: x.png', "image/png")).toBe("a_Set-Cookie_ x.png");
  expect(fileName("", "image/jpeg")).toBe("file.jpg");
  expect(fileName("x".repeat(500), "image/png")).toHaveLength(84);
});
