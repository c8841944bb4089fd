import { z } from "zod";
import { route } from "@/lib/http/route";
import { rotateKey } from "@/lib/keys/rotate-key";
import { RotateKeyInput } from "@/lib/keys/schemas";

const params = z.object({ id: z.string() });

export const POST = route({ scope: "keys", params, body: RotateKeyInput, isSecret: true }, ({ ctx, params, body }) =>
  rotateKey(ctx, { ...body, ...params }),
);
