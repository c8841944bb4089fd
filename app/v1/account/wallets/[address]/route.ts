import { z } from "zod";
import { WalletAddress } from "@/lib/auth/schemas";
import { unlinkWallet } from "@/lib/auth/unlink-wallet";
import { route } from "@/lib/http/route";

export const DELETE = route(
  {
    summary: "Unlink a wallet",
    reply: z.object({ address: z.string(), unlinked: z.literal(true), sessions_ended: z.number() }),
    scope: "account",
    params: z.object({ address: WalletAddress }),
  },
  ({ ctx, params }) => unlinkWallet(ctx, params.address),
);
