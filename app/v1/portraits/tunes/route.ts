import { z } from "zod";
import { PageQuery } from "@/lib/http/page";
import { Reply, route } from "@/lib/http/route";
import { listOf } from "@/lib/http/route-definition";
import { createTune } from "@/lib/portraits/create-tune";
import { listTuneDetails } from "@/lib/portraits/list-tunes";
import { CreateTuneInput, TuneDetail } from "@/lib/portraits/tune-schemas";
import { toTuneDetail } from "@/lib/portraits/tune-view";

export const GET = route(
  {
    summary: "List people with their photos",
    about: "The same tunes as `GET /tunes`, with each photo and what was measured of it.",
    scope: "faces:read",
    query: PageQuery.extend({ face: z.string().max(64).optional() }),
    reply: listOf(TuneDetail),
  },
  ({ ctx, query }) => listTuneDetails(ctx, query),
);

export const POST = route(
  {
    summary: "Add a person with photos",
    about: "Like `POST /tunes`, but the words of consent have to be in it. Fields stand by themselves: `images[]`.",
    status: 201,
    scope: "faces:write",
    form: CreateTuneInput,
    reply: TuneDetail,
  },
  async ({ ctx, request }) => new Reply(201, toTuneDetail(await createTune(ctx, request, { isOnPage: true }))),
);
