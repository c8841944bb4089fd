import { UploadedFile } from "./openai-transcriptions";

/**
 * Reads a request body by its content type.
 *
 * @returns parsed JSON, the fields of a multipart form, `null` for an empty body
 * @throws when it is neither valid JSON nor a valid form
 */
export async function readBody(rawBody: Buffer, contentType: string): Promise<unknown> {
  if (rawBody.length === 0) return null;
  if (!contentType.startsWith("multipart/form-data")) return JSON.parse(rawBody.toString("utf8")) as unknown;

  const form = await new Response(new Uint8Array(rawBody), { headers: { "content-type": contentType } }).formData();
  const fields = await Promise.all(
    [...form].map(async ([name, value]) => {
      if (typeof value === "string") return [name, value] as const;
      return [name, new UploadedFile(value.name, value.type, new Uint8Array(await value.arrayBuffer()))] as const;
    }),
  );
  return Object.fromEntries(fields);
}
