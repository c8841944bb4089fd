import { Readable } from "node:stream";
import { exportAccount } from "@/lib/accounts/export-account";
import { route } from "@/lib/http/route";
import { content } from "@/lib/http/route-definition";

export const GET = route(
  {
    summary: "Export everything",
    about: "All that the account holds: faces, texts, statements, conversations, ledger.",
    reply: content({ "application/zip": "A zip with a README that says what is in it." }),
    scope: "account",
  },
  async ({ ctx }) => {
    const { stream, fileName } = await exportAccount(ctx);
    const headers = { "content-type": "application/zip", "content-disposition": `attachment; filename="${fileName}"` };
    return new Response(Readable.toWeb(stream) as ReadableStream<Uint8Array>, { headers });
  },
);
