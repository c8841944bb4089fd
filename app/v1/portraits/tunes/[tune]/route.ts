import { z } from "zod";
import { route } from "@/lib/http/route";
import { deleteTune } from "@/lib/portraits/delete-tune";
import { requireTune } from "@/lib/portraits/tune-access";
import { TuneDetail, UpdateTuneInput } from "@/lib/portraits/tune-schemas";
import { toTuneDetail } from "@/lib/portraits/tune-view";
import { updateTune } from "@/lib/portraits/update-tune";

const params = z.object({ tune: z.string().describe("Its number.") });

export const GET = route(
  { summary: "Read a person with photos", scope: "faces:read", params, reply: TuneDetail },
  async ({ ctx, params }) => toTuneDetail(await requireTune(ctx, params.tune)),
);

export const PATCH = route(
  {
    summary: "Change a person, or add photos",
    scope: "faces:write",
    params,
    form: UpdateTuneInput,
    isAlsoJson: true,
    reply: TuneDetail,
  },
  async ({ ctx, params, request }) => toTuneDetail(await updateTune(ctx, params.tune, request)),
);

export const DELETE = route(
  {
    summary: "Delete a person with photos and portraits",
    scope: "faces:write",
    params,
    reply: z.object({ id: z.number().int(), deleted: z.literal(true) }),
  },
  ({ ctx, params }) => deleteTune(ctx, params.tune),
);
