import { z } from "zod";
import { route } from "@/lib/http/route";
import { checkPhotos } from "@/lib/portraits/check-photos";
import { PhotosCheck } from "@/lib/portraits/tune-schemas";

/** What the page says of photos before they are anybody's. */
export const POST = route(
  {
    summary: "Check photos",
    about: "Looks at photos as a tune would, and keeps nothing.",
    scope: "faces:write",
    form: z.object({ images: z.array(z.file()).describe("Photos, as `images[]`.") }),
    reply: PhotosCheck,
  },
  ({ ctx, request }) => checkPhotos(ctx, request),
);
