import { createFace } from "@/lib/faces/create-face";
import { listFaces } from "@/lib/faces/list-faces";
import { CreateFaceInput } from "@/lib/faces/schemas";
import { cursorOf, PageQuery } from "@/lib/http/page";
import { route } from "@/lib/http/route";

const query = PageQuery.extend({ cursor: cursorOf("face") });

export const GET = route({ scope: "faces:read", query }, ({ ctx, query }) => listFaces(ctx, query));

export const POST = route({ scope: "faces:write", body: CreateFaceInput, status: 201 }, ({ ctx, body }) =>
  createFace(ctx, body),
);
