import { diffFaces, DiffFacesQuery, FacesDiff } from "@/lib/faces/diff-faces";
import { route } from "@/lib/http/route";

export const GET = route(
  {
    summary: "Compare faces",
    about: "Pair by pair, as a whole and in each component.",
    reply: FacesDiff,
    scope: "faces:read",
    query: DiffFacesQuery,
  },
  ({ ctx, query }) => diffFaces(ctx, query),
);
