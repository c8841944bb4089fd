import { Readable } from "node:stream";
import { exportAccount } from "@/lib/accounts/export-account";
import { route } from "@/lib/http/route";

export const GET = route({ scope: "account" }, async ({ ctx }) => {
  const { stream, fileName } = await exportAccount(ctx);
  const headers = { "content-type": "application/zip", "content-disposition": `attachment; filename="${fileName}"` };
  return new Response(Readable.toWeb(stream) as ReadableStream<Uint8Array>, { headers });
});
