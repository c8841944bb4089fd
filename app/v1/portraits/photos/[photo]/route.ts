import { z } from "zod";
import { route } from "@/lib/http/route";
import { TuneDetail } from "@/lib/portraits/tune-schemas";
import { toTuneDetail } from "@/lib/portraits/tune-view";
import { deleteTunePhoto } from "@/lib/portraits/update-tune";

const params = z.object({ photo: z.string().describe("Its id.") });

export const DELETE = route(
  {
    summary: "Delete a photo",
    about: "With all that was measured of it. The only photo of a tune goes with the tune alone.",
    scope: "faces:write",
    params,
    reply: TuneDetail,
  },
  async ({ ctx, params }) => toTuneDetail(await deleteTunePhoto(ctx, params.photo)),
);
