import { createFace } from "@/lib/faces/create-face";
import { listFaces } from "@/lib/faces/list-faces";
import { CreateFaceInput, FaceView } from "@/lib/faces/schemas";
import { cursorOf, PageQuery } from "@/lib/http/page";
import { route } from "@/lib/http/route";
import { listOf } from "@/lib/http/route-definition";

const query = PageQuery.extend({ cursor: cursorOf("face") });

export const GET = route(
  { summary: "List faces", reply: listOf(FaceView), scope: "faces:read", query },
  ({ ctx, query }) => listFaces(ctx, query),
);

export const POST = route(
  {
    summary: "Create a face",
    about: "With a formula it is a composite, which follows its parts.",
    reply: FaceView,
    scope: "faces:write",
    body: CreateFaceInput,
    status: 201,
  },
  ({ ctx, body }) => createFace(ctx, body),
);
