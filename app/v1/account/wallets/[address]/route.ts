import { z } from "zod";
import { WalletAddress } from "@/lib/auth/schemas";
import { unlinkWallet } from "@/lib/auth/unlink-wallet";
import { route } from "@/lib/http/route";

export const DELETE = route({ scope: "account", params: z.object({ address: WalletAddress }) }, ({ ctx, params }) =>
  unlinkWallet(ctx, params.address),
);
