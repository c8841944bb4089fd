import { strToU8, zipSync, type Zippable } from "fflate";

/** A zip archive of texts. */
export function zip(files: Record<string, string | Uint8Array>): Uint8Array {
  const entries = Object.entries(files).map(([path, content]): [string, Uint8Array] => [
    path,
    typeof content === "string" ? strToU8(content) : content,
  ]);
  return zipSync(Object.fromEntries(entries) as Zippable);
}

const wordNamespace = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"';

const contentTypes = `<?xml version="1.0" encoding="UTF-8"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">
<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>
<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>`;

const rootRelations = `<?xml version="1.0" encoding="UTF-8"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">
<Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>`;

const styles = `<?xml version="1.0"?><w:styles ${wordNamespace}><w:style w:type="paragraph" w:styleId="Heading1"><w:name w:val="heading 1"/></w:style></w:styles>`;

/** A Word document with this body, as word processors write it; `prolog` stands before its root. */
export function docx(body: string, { prolog = "" } = {}): Uint8Array {
  return zip({
    "[Content_Types].xml": contentTypes,
    "_rels/.rels": rootRelations,
    "word/styles.xml": styles,
    "word/document.xml": `<?xml version="1.0" encoding="UTF-8"?>${prolog}<w:document ${wordNamespace}><w:body>${body}</w:body></w:document>`,
  });
}

/** A paragraph of a Word document. */
export function wordParagraph(text: string, style?: string): string {
  const look = style === undefined ? "" : `<w:pPr><w:pStyle w:val="${style}"/></w:pPr>`;
  return `<w:p>${look}<w:r><w:t xml:space="preserve">${text}</w:t></w:r></w:p>`;
}

/** A book of these chapters (bodies of XHTML pages), in this order of its spine, with a table of contents. */
export function epub(chapters: string[], { order = chapters.map((_body, index) => index) } = {}): Uint8Array {
  const page = (body: string): string =>
    `<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml"><head><title>Hidden title</title></head><body>${body}</body></html>`;
  const items = chapters.map(
    (_body, index) => `<item id="c${index}" href="text/c%20${index}.xhtml" media-type="application/xhtml+xml"/>`,
  );
  return zip({
    mimetype: "application/epub+zip",
    "META-INF/container.xml": `<?xml version="1.0"?><container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles><rootfile full-path="OEBPS/book.opf"/></rootfiles></container>`,
    "OEBPS/book.opf": `<?xml version="1.0"?><opf:package xmlns:opf="http://www.idpf.org/2007/opf"><opf:manifest><opf:item id="nav" href="nav.xhtml" properties="nav"/>${items.join("").replaceAll("<item", "<opf:item")}</opf:manifest><opf:spine><opf:itemref idref="nav"/>${order.map((index) => `<opf:itemref idref="c${index}"/>`).join("")}</opf:spine></opf:package>`,
    "OEBPS/nav.xhtml": page("<nav>Table of contents</nav>"),
    ...Object.fromEntries(chapters.map((body, index) => [`OEBPS/text/c ${index}.xhtml`, page(body)])),
  });
}
