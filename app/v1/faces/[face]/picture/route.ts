import { z } from "zod";
import { FaceView } from "@/lib/faces/schemas";
import { route } from "@/lib/http/route";
import { removePicture, setPicture } from "@/lib/portraits/portrait-picture";
import { PictureInput } from "@/lib/portraits/portrait-schemas";

const params = z.object({ face: z.string() });

export const PUT = route(
  {
    summary: "Give a face a picture",
    about: "One of its portraits: the face is shown by it wherever it is shown.",
    reply: FaceView,
    scope: "faces:write",
    params,
    body: PictureInput,
  },
  ({ ctx, params, body }) => setPicture(ctx, params.face, body.portrait_id),
);

export const DELETE = route(
  {
    summary: "Take a face's picture away",
    about: "The portrait stays. The face is drawn from what is known of it again.",
    reply: FaceView,
    scope: "faces:write",
    params,
  },
  ({ ctx, params }) => removePicture(ctx, params.face),
);
