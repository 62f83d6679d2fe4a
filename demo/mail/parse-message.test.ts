import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { decodeHeader } from "./decode";
import { parseMessage } from "./parse-message";

const raw = (headers: string[], body: string) => `${headers.join("\n")}\n\n${body}`;

describe("a raw message", () => {
  test("gives its sender, subject, time in UTC and text", () => {
    const message = raw(
      [
        "From x@y Thu Aug 22 12:36:23 2002",
        "From: Ann <ann@example.org>",
        "Subject: Hello",
        "Date: Thu, 22 Aug 2002 18:26:25 +0700",
      ],
      "One line.\r\n\r\n\r\n\r\nAnother.  ",
    );
    expect(parseMessage(message)).toEqual({
      from: "Ann <ann@example.org>",
      subject: "Hello",
      date: "2002-08-22T11:26:25.000Z",
      text: "One line.\n\nAnother.",
    });
  });

  test("keeps nothing that tells the label: filters' verdicts, list tags and footers, the collector's marks", () => {
    const message = raw(
      [
        "From: Ann <ann@spamassassin.taint.org>",
        "Subject: [ILUG] Hello",
        "X-Spam-Status: Yes, hits=9",
        "List-Id: <ilug.linux.ie>",
      ],
      "Text to zzzz.\n--DeathToSpamDeathToSpamDeathToSpam--\n_______________________________________________\nExmh mailing list\nhttps://x/listinfo",
    );
    expect(parseMessage(message)).toMatchObject({
      from: "Ann <ann>",
      subject: "Hello",
      text: "Text to .",
    });
  });

  test("is decoded from quoted-printable and base64, in its charset", () => {
    const quoted = raw(
      ["Content-Type: text/plain; charset=iso-8859-15", "Content-Transfer-Encoding: Quoted-Printable"],
      "Caf=E9 costs =A4=\n5, a=b",
    );
    expect(parseMessage(quoted).text).toBe("Café costs €5, a=b");
    const encoded = raw(
      ['Content-Type: text/plain; charset="utf-8"', "Content-Transfer-Encoding: base64"],
      Buffer.from("Grüße").toString("base64"),
    );
    expect(parseMessage(encoded).text).toBe("Grüße");
  });

  test("in HTML is read as text, without scripts, comments and tags", () => {
    const html =
      "<html><style>p{}</style><script>alert(1)</script><p>Buy <b>now</b> &amp; save &#36;5<!-- x --><br>Go</html";
    expect(parseMessage(raw(["Content-Type: text/html"], html)).text).toBe("Buy now & save $5\nGo");
  });

  test("with alternatives gives the plain one when it says something, else the longest; attachments are dropped", () => {
    const parts = (plain: string) =>
      raw(
        ['Content-Type: multipart/mixed; boundary="out"'],
        `--out\nContent-Type: multipart/alternative; boundary=in\n\n--in\nContent-Type: text/plain\n\n${plain}\n--in\nContent-Type: text/html\n\n<p>${"The page itself. ".repeat(6)}</p>\n--in--\n--out\nContent-Type: image/gif\nContent-Transfer-Encoding: base64\n\nR0lGODlh\n--out--`,
      );
    expect(parseMessage(parts("Plain words enough to read. ".repeat(3))).text).toMatch(/^Plain words/);
    expect(parseMessage(parts("See the page")).text).toMatch(/^The page itself/);
    expect(parseMessage(parts("See the page")).text).not.toContain("R0lGOD");
  });

  test("without a readable date has none, and a two-digit century is mended", () => {
    expect(parseMessage(raw(["Date: yesterday"], "x")).date).toBeNull();
    expect(parseMessage(raw(["Date: Tue, 20 Aug 102 10:00:00 +0000"], "x")).date).toBe(
      "2002-08-20T10:00:00.000Z",
    );
  });

  test("is capped", () => {
    expect(parseMessage(raw(["Subject: x"], "word ".repeat(5000))).text.length).toBeLessThanOrEqual(8000);
  });

  test("whatever it holds never breaks, and holds neither NUL nor half a surrogate pair", () => {
    const piece = fc.oneof(
      fc.string({ unit: "binary", maxLength: 40 }),
      fc.constantFrom(
        "\n\n",
        "--b",
        "Content-Type: multipart/mixed; boundary=b\n",
        "\u0000",
        "\ud83d",
        "=?utf-8?q?=00?=",
        "<p",
        "&#0;",
      ),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 20 }), (pieces) => {
        for (const field of Object.values(parseMessage(pieces.join("")))) {
          expect(field ?? "").not.toContain("\u0000");
          expect((field ?? "").isWellFormed()).toBe(true);
        }
      }),
    );
  });
});

test.each([
  ["=?iso-8859-1?Q?Caf=E9_au_lait?=", "Café au lait"],
  ["=?utf-8?B?R3LDvMOfZQ==?= =?utf-8?B?IQ==?= x", "Grüße! x"],
  ["=?no-such-charset?q?plain?=", "plain"],
  ["no encoding =? here", "no encoding =? here"],
])("the header %s reads %s", (header, text) => {
  expect(decodeHeader(header)).toBe(text);
});
