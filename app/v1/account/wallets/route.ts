import { z } from "zod";
import { linkWallet } from "@/lib/auth/link-wallet";
import { listWallets } from "@/lib/auth/list-wallets";
import { VerifyInput, WalletView } from "@/lib/auth/schemas";
import { route } from "@/lib/http/route";

export const GET = route({ summary: "List wallets", reply: z.array(WalletView), scope: "account" }, ({ ctx }) =>
  listWallets(ctx),
);

export const POST = route(
  {
    summary: "Link a wallet",
    about: "Lets another wallet sign in to this account.",
    reply: WalletView,
    scope: "account",
    body: VerifyInput,
    status: 201,
  },
  ({ ctx, body }) => linkWallet(ctx, body),
);
