import { extractText, getDocumentProxy } from "unpdf";

/** Reads a PDF from standard input and writes `{text, pages}` or `{error}` as JSON. Run by extract-pdf-text.ts. */
async function main(): Promise<void> {
  const parts: Buffer[] = [];
  for await (const part of process.stdin) parts.push(part as Buffer);
  process.stdout.write(JSON.stringify(await read(new Uint8Array(Buffer.concat(parts)))));
}

async function read(bytes: Uint8Array): Promise<{ text: string; pages: number } | { error: string }> {
  try {
    const { text, totalPages } = await extractText(await getDocumentProxy(bytes));
    // fonts without a map of their letters give NULs, which no database takes
    return { text: text.join("\n\n").replaceAll("\0", ""), pages: totalPages };
  } catch (error) {
    if (error instanceof Error && error.name === "PasswordException") {
      return { error: "This PDF is encrypted. Upload a copy without a password." };
    }
    return { error: "This PDF is damaged and cannot be read." };
  }
}

await main();
