import { zipSync } from "fflate";
import { parseHTML } from "linkedom";
import mammoth from "mammoth";
import { htmlToText } from "./html-to-text";
import { isUnwieldy } from "./read-html";
import { type Reading, Refusal, type SourceFile } from "./reading";
import { unzip } from "./unzip";

const mimeType = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";

/**
 * The text of a Word document: headings, paragraphs, lists, footnotes; without pictures, comments and deleted words.
 *
 * Only its XML is unpacked, within limits, and packed again for the reader, which knows no limits of its own.
 *
 * @throws {Refusal} damaged, or no document in it
 */
export async function readDocx({ bytes, fileName }: SourceFile): Promise<Reading> {
  const parts = unzip(bytes, fileName, (path) => /\.(?:xml|rels)$/iu.test(path));
  if (!parts.has("word/document.xml") && !parts.has("_rels/.rels")) {
    throw new Refusal("unreadable", `${fileName} is no Word document: the text is missing in it.`);
  }
  const buffer = Buffer.from(zipSync(Object.fromEntries(parts), { level: 0 }));
  try {
    const options = {
      externalFileAccess: false,
      convertImage: mammoth.images.imgElement(() => Promise.resolve({ src: "" })),
    };
    const { value } = await mammoth.convertToHtml({ buffer }, options);
    if (isUnwieldy(value)) throw new RangeError("nested beyond reason");
    const { document } = parseHTML(`<!doctype html><html><body>${value}</body></html>`);
    // arrows that lead back from a footnote
    for (const link of [...document.querySelectorAll("a[href*='note-ref']")]) link.remove();
    return { format: "docx", mimeType, text: htmlToText(document.body), kind: "document", notes: [] };
  } catch {
    throw new Refusal("unreadable", `${fileName} is damaged: its text cannot be read. Save it again as .docx.`);
  }
}
