import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, vi } from "vitest";

/** Files of this test file lie in a folder of their own, which goes when it is done. */
export function temporaryStore(): string {
  const folder = mkdtempSync(join(tmpdir(), "faces-test-"));
  vi.stubEnv("FACES_DATA_DIR", folder);
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** Builds the smallest PDF with the given objects, with a correct cross-reference table. */
function pdf(objects: string[], trailer: string): Uint8Array {
  let text = "%PDF-1.4\n";
  const offsets = objects.map((object, index) => {
    const at = text.length;
    text += `${index + 1} 0 obj\n${object}\nendobj\n`;
    return at;
  });
  const xref = text.length;
  text += `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n`;
  text += offsets.map((at) => `${String(at).padStart(10, "0")} 00000 n \n`).join("");
  text += `trailer\n<< /Size ${objects.length + 1} /Root 1 0 R ${trailer} >>\nstartxref\n${xref}\n%%EOF\n`;
  return Buffer.from(text, "latin1");
}

function stream(content: string): string {
  return `<< /Length ${content.length} >>\nstream\n${content}\nendstream`;
}

const catalog = "<< /Type /Catalog /Pages 2 0 R >>";
const pages = "<< /Type /Pages /Kids [3 0 R] /Count 1 >>";
const font = "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>";
const page =
  "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 300 200] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>";

/** One page that says "I keep bees in Berlin." */
export const textPdf = pdf(
  [catalog, pages, page, stream("BT /F1 14 Tf 20 100 Td (I keep bees in Berlin.) Tj ET"), font],
  "",
);

/** One page with a grey rectangle and no text. */
export const picturePdf = pdf([catalog, pages, page, stream("0.5 g 10 10 100 100 re f"), font], "");

/** The same page behind a password: the standard handler with a key that the empty password does not open. */
export const encryptedPdf = pdf(
  [
    catalog,
    pages,
    page,
    stream("BT /F1 14 Tf 20 100 Td (I keep bees in Berlin.) Tj ET"),
    font,
    `<< /Filter /Standard /V 1 /R 2 /O <${"11".repeat(32)}> /U <${"22".repeat(32)}> /P -4 >>`,
  ],
  `/Encrypt 6 0 R /ID [<${"33".repeat(16)}> <${"33".repeat(16)}>]`,
);
