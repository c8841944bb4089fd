import { extractText, getDocumentProxy } from "unpdf";
import { type Reading, Refusal, type SourceFile } from "./reading";

/**
 * The text of a PDF, page after page.
 *
 * @throws {Refusal} encrypted, damaged, or pictures only
 */
export async function readPdf({ bytes }: SourceFile): Promise<Reading> {
  const { text, totalPages } = await pagesOf(bytes);
  if (!/[\p{L}\p{N}]/u.test(text)) {
    const pages = totalPages === 1 ? "page is a picture" : "pages are pictures";
    throw new Refusal("unreadable", `Its ${totalPages} ${pages}; there is no text to read.`);
  }
  return { format: "pdf", mimeType: "application/pdf", text, kind: "document", notes: [] };
}

async function pagesOf(bytes: Uint8Array): Promise<{ text: string; totalPages: number }> {
  try {
    const { text, totalPages } = await extractText(await getDocumentProxy(new Uint8Array(bytes)));
    // fonts without a map of their letters give NULs, which no database takes
    return { text: text.join("\n\n").replaceAll("\0", ""), totalPages };
  } catch (error) {
    const isLocked = error instanceof Error && error.name === "PasswordException";
    throw new Refusal(
      "unreadable",
      isLocked ? "This PDF is encrypted. Upload a copy without a password." : "This PDF is damaged and cannot be read.",
    );
  }
}
