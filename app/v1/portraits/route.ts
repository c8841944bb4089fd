import { listOf } from "@/lib/http/route-definition";
import { route } from "@/lib/http/route";
import { listPortraits } from "@/lib/portraits/list-portraits";
import { PortraitsQuery, PortraitView } from "@/lib/portraits/portrait-schemas";

export const GET = route(
  {
    summary: "List portraits",
    about: "Of all faces, newest first.",
    scope: "faces:read",
    query: PortraitsQuery,
    reply: listOf(PortraitView),
  },
  ({ ctx, query }) => listPortraits(ctx, query),
);
