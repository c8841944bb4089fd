import { z } from "zod";
import { createLinkNonce } from "@/lib/auth/link-wallet";
import { NonceView, WalletAddress } from "@/lib/auth/schemas";
import { route } from "@/lib/http/route";

export const GET = route(
  {
    summary: "Ask for a text that links a wallet",
    reply: NonceView,
    scope: "account",
    params: z.object({ address: WalletAddress }),
  },
  ({ ctx, params }) => createLinkNonce(ctx, params.address),
);
