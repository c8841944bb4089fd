import { z } from "zod";
import { createFace } from "@/lib/faces/create-face";
import { listFaces } from "@/lib/faces/list-faces";
import { previewNewFace } from "@/lib/faces/preview-face";
import { CreateFaceInput, DryRunQuery, FacePreview, FaceView, isDryRun } from "@/lib/faces/schemas";
import { cursorOf, PageQuery } from "@/lib/http/page";
import { Reply, route } from "@/lib/http/route";
import { listOf } from "@/lib/http/route-definition";

const query = PageQuery.extend({ cursor: cursorOf("face") });

export const GET = route(
  { summary: "List faces", reply: listOf(FaceView), scope: "faces:read", query },
  ({ ctx, query }) => listFaces(ctx, query),
);

export const POST = route(
  {
    summary: "Create a face",
    about:
      "With a formula it is a composite, which follows its parts. With dry_run nothing is made: the answer tells what the formula would make of its parts as they are.",
    reply: z.union([FaceView, FacePreview]),
    scope: "faces:write",
    query: DryRunQuery,
    body: CreateFaceInput,
    status: 201,
    statuses: { 200: "A dry run." },
  },
  async ({ ctx, query, body }) =>
    isDryRun(query) ? new Reply(200, await previewNewFace(ctx, body)) : createFace(ctx, body),
);
