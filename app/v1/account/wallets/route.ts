import { linkWallet } from "@/lib/auth/link-wallet";
import { listWallets } from "@/lib/auth/list-wallets";
import { VerifyInput } from "@/lib/auth/schemas";
import { route } from "@/lib/http/route";

export const GET = route({ scope: "account" }, ({ ctx }) => listWallets(ctx));

export const POST = route({ scope: "account", body: VerifyInput, status: 201 }, ({ ctx, body }) =>
  linkWallet(ctx, body),
);
