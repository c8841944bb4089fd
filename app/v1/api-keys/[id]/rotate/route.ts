import { z } from "zod";
import { route } from "@/lib/http/route";
import { rotateKey } from "@/lib/keys/rotate-key";
import { NewKeyView, RotateKeyInput } from "@/lib/keys/schemas";

const params = z.object({ id: z.string() });

export const POST = route(
  {
    summary: "Rotate an API key",
    about: "Gives it a new secret; all else of it stays. The secret before works until the overlap ends.",
    reply: NewKeyView,
    scope: "keys",
    params,
    body: RotateKeyInput,
    isSecret: true,
  },
  ({ ctx, params, body }) => rotateKey(ctx, { ...body, ...params }),
);
