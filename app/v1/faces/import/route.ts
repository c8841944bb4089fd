import { copyFace, importCard, ImportQuery } from "@/lib/cards/import-card";
import { readCardRequest } from "@/lib/cards/read-card-request";
import { ImportReport } from "@/lib/cards/schemas";
import { FileForm } from "@/lib/documents/upload-form";
import { route } from "@/lib/http/route";

export const POST = route(
  {
    summary: "Import a Character Card",
    about:
      'A card of version 1, 2 or 3 as JSON or PNG: as a file in a form, or as the body itself. A card of this product comes in whole, with its graph; its texts count against the compile quota, and nothing is charged. Anybody else\'s becomes facts and sources that wait for a sync. The body {"copy_of": face} makes a copy of a face that you may read, such as the sample.',
    reply: ImportReport,
    form: FileForm,
    scope: "faces:write",
    query: ImportQuery,
    status: 201,
  },
  async ({ ctx, request, query }) => {
    const asked = await readCardRequest(request);
    return "copyOf" in asked ? copyFace(ctx, asked.copyOf, query) : importCard(ctx, asked.bytes, query);
  },
);
