import { zipSync } from "fflate";
import { expect, test } from "vitest";
import { AppError } from "@/lib/errors";
import { extractText } from "./extract-text";
import { docx, epub, wordParagraph, zip } from "./formats/testing";
import { encryptedPdf, picturePdf, textPdf } from "./testing";

const none = new AbortController().signal;
const utf8 = (text: string): Uint8Array => Buffer.from(text);
const bytes = (length: number, at: (index: number) => number): Uint8Array =>
  Uint8Array.from({ length }, (_, i) => at(i));

const bomb = zipSync({ "word/document.xml": [new Uint8Array(60_000_000).fill(97), { level: 9 }] });
const manyEntries = zip(Object.fromEntries(Array.from({ length: 10_100 }, (_, i) => [`f${i}.txt`, "x"])));
const chapters = Array.from(
  { length: 40 },
  (_, i) => [`OEBPS/c${i}.xhtml`, new Uint8Array(4_000_000).fill(32 + (i % 60))] as const,
);
const fatBook = zipSync(Object.fromEntries([["META-INF/container.xml", utf8("<container/>")], ...chapters]), {
  level: 1,
});
/** An archive that says its entry is small, and lies. */
const liar = (() => {
  const archive = zipSync({ "_chat.txt": new Uint8Array(5_000_000).fill(97) });
  const view = new DataView(archive.buffer, archive.byteOffset, archive.byteLength);
  for (let at = 0; at < archive.length - 46; at += 1) {
    if (view.getUint32(at, true) === 0x02014b50) view.setUint32(at + 24, 10, true);
  }
  return archive;
})();
const lol = `<!DOCTYPE lolz [<!ENTITY a "lol">${"bcdefghij".replace(/./gu, (name) => {
  const before = String.fromCharCode(name.charCodeAt(0) - 1);
  return `<!ENTITY ${name} "${`&${before};`.repeat(10)}">`;
})}]>`;
const external = `<!DOCTYPE x [<!ENTITY secret SYSTEM "file:///etc/passwd">]>`;
const nestedXml = (depth: number): string =>
  "<w:sdt><w:sdtContent>".repeat(depth) + "</w:sdtContent></w:sdt>".repeat(depth);
const png = Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10, 0, 0, 0, 13, 0x49, 0x48, 0x44, 0x52, 0, 0, 0, 0]);
const ole = bytes(4096, (index) => [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1][index] ?? 0);
const odt = zip({ mimetype: "application/vnd.oasis.opendocument.text", "content.xml": "<x/>" });
const xlsx = zip({
  "[Content_Types].xml": `<Types><Override ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>`,
  "xl/workbook.xml": "<x/>",
});

/** Deep, and of words that do not repeat themselves: no bomb by its size. */
const deepDocx = docx(
  Array.from(
    { length: 8_000 },
    (_, i) => `<w:sdt><w:sdtPr><w:alias w:val="${(i * 2654435761) % 4294967296}"/></w:sdtPr><w:sdtContent>`,
  ).join("") + "</w:sdtContent></w:sdt>".repeat(8_000),
);

type Expected = "unreadable" | "unsupported_type" | "too_large";

/** What must be refused, why, and what the sentence must speak of. */
const refused: [name: string, fileName: string, content: Uint8Array, code: Expected, says: RegExp][] = [
  ["an empty file", "a.txt", utf8(""), "unreadable", /empty/],
  ["white space", "a.txt", utf8(" \n\t\u00a0 "), "unreadable", /no text/],
  ["marks without a letter", "a.md", utf8("#### --- *** !!!"), "unreadable", /no text/],
  ["noise named .txt", "a.txt", bytes(4000, (i) => (i * 7919) % 251), "unsupported_type", /not a text file/],
  ["NULs in a text", "a.txt", utf8("I like tea.\0I like rain."), "unsupported_type", /not a text file/],
  ["only NULs", "a.txt", new Uint8Array(50_000), "unsupported_type", /not a text file/],
  ["a picture named .txt", "a.txt", png, "unsupported_type", /picture/],
  [
    "a program",
    "a.docx",
    bytes(500, (i) => [0x7f, 0x45, 0x4c, 0x46, 2, 1, 1][i] ?? 0),
    "unsupported_type",
    /cannot be read/,
  ],
  ["an old Word document", "a.doc", ole, "unsupported_type", /\.docx/],
  ["a Word document behind a password", "a.docx", ole, "unsupported_type", /password/],
  ["RTF", "a.rtf", utf8(String.raw`{\rtf1\ansi I like tea.}`), "unsupported_type", /RTF.*\.docx/],
  ["OpenDocument", "a.odt", odt, "unsupported_type", /OpenDocument.*\.docx/],
  ["a spreadsheet", "a.docx", xlsx, "unsupported_type", /no text document/],
  ["a cut-off zip", "a.docx", docx(wordParagraph("I like tea.")).subarray(0, 300), "unreadable", /damaged or cut off/],
  ["a zip of nothing", "a.zip", zip({}), "unsupported_type", /./],
  ["a zip bomb", "a.docx", bomb, "too_large", /unpacks to more/],
  ["a zip of ten thousand files", "a.zip", manyEntries, "too_large", /files/],
  ["a book of 160 MB", "a.epub", fatBook, "too_large", /unpacks to more/],
  [
    "a zip in a zip",
    "a.zip",
    zip({ "inner.zip": zip({ "_chat.txt": "Ann: hi" }) }),
    "unsupported_type",
    /one at a time/,
  ],
  ["a zip that lies about its sizes", "a.zip", liar, "unsupported_type", /no chat export/],
  [
    "a Word document without its text",
    "a.docx",
    zip({
      "word/styles.xml": "<x/>",
      "_rels/.rels": "<x/>",
      "[Content_Types].xml": `<Types><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>`,
    }),
    "unreadable",
    /damaged|missing/,
  ],
  ["a Word document of broken XML", "a.docx", docx("<w:p><w:r><w:t>I like"), "unreadable", /./],
  ["a Word document nested 50,000 deep", "a.docx", docx(nestedXml(50_000)), "too_large", /unpacks to more/],
  ["a Word document nested 8,000 deep", "a.docx", deepDocx, "unreadable", /./],
  [
    "a Word document with an entity bomb",
    "a.docx",
    docx(wordParagraph("I like &j; tea."), { prolog: lol }),
    "unreadable",
    /damaged/,
  ],
  [
    "a Word document that asks for a file",
    "a.docx",
    docx(wordParagraph("I like &secret; tea."), { prolog: external }),
    "unreadable",
    /damaged/,
  ],
  [
    "a book without a spine",
    "a.epub",
    zip({
      mimetype: "application/epub+zip",
      "META-INF/container.xml": `<container><rootfiles><rootfile full-path="b.opf"/></rootfiles></container>`,
      "b.opf": "<package><manifest/></package>",
    }),
    "unreadable",
    /chapters/,
  ],
  [
    "a book without anything",
    "a.epub",
    zip({ mimetype: "application/epub+zip", "META-INF/container.xml": "not xml" }),
    "unreadable",
    /chapters/,
  ],
  [
    "a book under copy protection",
    "a.epub",
    zip({
      mimetype: "application/epub+zip",
      "META-INF/container.xml": "<x/>",
      "META-INF/encryption.xml": `<encryption><EncryptedData><CipherReference URI="OEBPS/c1.xhtml"/></EncryptedData></encryption>`,
    }),
    "unreadable",
    /protected/,
  ],
  ["JSON nested a million deep", "a.json", utf8("[".repeat(1_000_000)), "unreadable", /damaged|JSON/],
  [
    "closed JSON nested 200,000 deep",
    "a.json",
    utf8(`{"messages":${"[".repeat(200_000)}${"]".repeat(200_000)}}`),
    "unsupported_type",
    /JSON/,
  ],
  [
    "cut-off JSON",
    "result.json",
    utf8('{"name":"Tea","type":"personal_chat","id":1,"messages":[{"id":1'),
    "unreadable",
    /cut off/,
  ],
  [
    "JSON of something else",
    "package.json",
    utf8('{"name":"faces","version":"1"}'),
    "unsupported_type",
    /no chat export/,
  ],
  [
    "a chat in which nobody writes",
    "result.json",
    utf8('{"name":"a","type":"personal_chat","id":1,"messages":[]}'),
    "unreadable",
    /no messages/,
  ],
  [
    "a ChatGPT export that runs in circles to nowhere",
    "conversations.json",
    utf8('[{"mapping":{"a":{"parent":"b"},"b":{"parent":"a"}},"current_node":"a"}]'),
    "unreadable",
    /no messages/,
  ],
  ["subtitles without a cue", "a.vtt", utf8("WEBVTT\n\nNOTE nothing here"), "unreadable", /subtitles/],
  [
    "a page nested 100,000 deep",
    "a.html",
    utf8(`<html><body>${"<div>".repeat(100_000)}hi there`),
    "unreadable",
    /nested/,
  ],
  [
    "a page of a million tags",
    "a.html",
    utf8(`<html><body>${"<div><span>a</span></div>".repeat(250_000)}`),
    "unreadable",
    /too large/,
  ],
  [
    "a page of scripts",
    "a.html",
    utf8(`<html><body><script>${"alert(1);".repeat(1000)}</script><iframe srcdoc="<p>hello"></iframe></body></html>`),
    "unreadable",
    /no text/,
  ],
  ["a PDF of pictures", "a.pdf", picturePdf, "unreadable", /picture/],
  ["an encrypted PDF", "a.pdf", encryptedPdf, "unreadable", /encrypted/],
  ["a cut-off PDF", "a.pdf", textPdf.subarray(0, 60), "unreadable", /damaged/],
];

test.concurrent.each(refused)(
  "is refused with one calm sentence: %s",
  { timeout: 40_000 },
  async (_name, fileName, content, code, says) => {
    const error = await extractText(content, fileName, none).then(
      (reading) => expect.fail(`was read as ${reading.format}: ${reading.text.slice(0, 80)}`),
      (error: unknown) => error,
    );
    expect(error).toBeInstanceOf(AppError);
    expect(error).toMatchObject({ code, message: expect.stringMatching(says), param: "file" });
    // one or two sentences, no trace of a parser
    expect((error as AppError).message).toMatch(/^[^\n]{10,220}[.]$/u);
    expect((error as AppError).message).not.toMatch(/undefined|Error|at line|node_modules|\bnull\b/u);
  },
);

/** What is odd and must be read all the same. */
const read: [name: string, fileName: string, content: Uint8Array, text: string | RegExp][] = [
  ["a line of 10 MB", "a.txt", utf8("I like tea. ".repeat(850_000)), /^I like tea/],
  ["ten million letters without a space", "a.txt", utf8("a".repeat(10_000_000)), /^a+$/],
  [
    "a page with scripts and frames",
    "a.html",
    utf8("<script>x</script><p onclick='y'>I like <svg><script>z</script></svg>tea.</p><iframe src=//evil></iframe>"),
    "I like tea.",
  ],
  [
    "a page of 50,000 open paragraphs",
    "a.html",
    utf8(`<html><body>${"<p>I like tea.".repeat(50_000)}`),
    /^I like tea\.\n\nI like tea/,
  ],
  [
    "a chat with a name of 10,000 letters",
    "result.json",
    utf8(
      JSON.stringify({
        name: "a",
        type: "x",
        id: 1,
        messages: [{ type: "message", from: "A".repeat(10_000), date: "2024-05-01T10:00:00", text: "hi\u2028there" }],
      }),
    ),
    /^\[2024-05-01 10:00\] A{40}: hi\n {2}there$/,
  ],
  [
    "names that would break a thread",
    "result.json",
    utf8(
      JSON.stringify({
        name: "a",
        type: "x",
        id: 1,
        messages: ["Bob: Ann", "__proto__", "\n\n", "[12:00]"].map((from) => ({
          type: "message",
          from,
          date: "2024-05-01T10:00:00",
          text: "hi",
        })),
      }),
    ),
    "[2024-05-01 10:00] Bob Ann: hi\n[10:00] proto: hi\n[10:00] Unknown: hi\n[10:00] User 12 00: hi",
  ],
  [
    "half a surrogate pair",
    "result.json",
    utf8(
      JSON.stringify({
        name: "a",
        type: "x",
        id: 1,
        messages: [{ type: "message", from: "Ann", date: "2024-05-01T10:00:00", text: "tea \ud83d\u0000." }],
      }),
    ),
    "[2024-05-01 10:00] Ann: tea \ufffd.",
  ],
  [
    "a book whose chapters lie outside of it",
    "a.epub",
    epub(["<p>I like tea.</p>", "<p>And rain.</p>"], { order: [0, 1, 0, 7] }),
    "I like tea.\n\nAnd rain.",
  ],
  ["a Word document named .pdf", "a.pdf", docx(wordParagraph("I like tea.")), "I like tea."],
];

test.concurrent.each(read)(
  "is read for what it is: %s",
  { timeout: 40_000 },
  async (_name, fileName, content, text) => {
    const reading = await extractText(content, fileName, none);
    if (typeof text === "string") expect(reading.text).toBe(text);
    else expect(reading.text).toMatch(text);
    expect(reading.text.isWellFormed()).toBe(true);
    expect(reading.text).not.toContain("\0");
  },
);

test("a reader dies with the request that asked for it", async () => {
  const controller = new AbortController();
  const reading = extractText(utf8("I like tea."), "a.txt", controller.signal);
  controller.abort(new Error("gone"));
  await expect(reading).rejects.toThrow("gone");
});
