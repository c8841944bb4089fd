import { Readable } from "node:stream";
import { z } from "zod";
import { NotFoundError } from "@/lib/errors";
import { parse } from "@/lib/http/parse";
import { publicRoute } from "@/lib/http/route";
import { content } from "@/lib/http/route-definition";
import { openSignedImage } from "@/lib/portraits/signed-image";
import { signedKinds } from "@/lib/storage/signed-file";

/** The same image has another address an hour later: a browser need not keep longer what may be deleted. */
const addressLastsSeconds = 3_600;

const params = z.object({ kind: z.string(), id: z.string() });
const Query = z.object({
  size: z.enum(["small"]).optional(),
  expires: z.coerce.number().int().min(0).catch(0),
  signature: z.string().catch(""),
});

/** Whoever has the address may see it, for a day. */
export const GET = publicRoute(
  {
    summary: "Fetch an image by its signed address",
    about: "Addresses come with tunes, prompts and portraits, as they are; `size=small` is signed too.",
    reply: content({ "image/png": "A portrait.", "image/jpeg": "A photo.", "image/webp": "A small preview." }),
    params,
  },
  async ({ db, request, params }) => {
    const kind = signedKinds.find((each) => each === params.kind);
    if (kind === undefined) throw new NotFoundError("The image");
    const { size, expires, signature } = parse(Query, Object.fromEntries(new URL(request.url).searchParams));
    const asked = { kind, id: params.id, isSmall: size === "small", expires, signature };
    const image = await openSignedImage(db, asked, request.signal);
    const headers = new Headers({
      "content-type": image.mimeType,
      "content-disposition": `inline; filename="${image.fileName}"`,
      "x-content-type-options": "nosniff",
      "content-security-policy": "default-src 'none'; sandbox",
      "cross-origin-resource-policy": "cross-origin",
      "cache-control": `private, max-age=${Math.min(image.secondsLeft, addressLastsSeconds)}`,
    });
    if (image.byteSize !== null) headers.set("content-length", String(image.byteSize));
    return new Response(Readable.toWeb(image.stream) as ReadableStream<Uint8Array>, { headers });
  },
);
