import { diffFaces, DiffFacesQuery } from "@/lib/faces/diff-faces";
import { route } from "@/lib/http/route";

export const GET = route({ scope: "faces:read", query: DiffFacesQuery }, ({ ctx, query }) => diffFaces(ctx, query));
