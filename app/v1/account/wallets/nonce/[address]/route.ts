import { z } from "zod";
import { createLinkNonce } from "@/lib/auth/link-wallet";
import { WalletAddress } from "@/lib/auth/schemas";
import { route } from "@/lib/http/route";

export const GET = route({ scope: "account", params: z.object({ address: WalletAddress }) }, ({ ctx, params }) =>
  createLinkNonce(ctx, params.address),
);
