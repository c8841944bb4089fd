import { z } from "zod";
import { createNonce } from "@/lib/auth/create-nonce";
import { NonceView, WalletAddress } from "@/lib/auth/schemas";
import { publicRoute } from "@/lib/http/route";

const params = z.object({ address: WalletAddress });

export const GET = publicRoute(
  {
    summary: "Ask for a text to sign",
    about:
      "For signing in with a wallet. Several may be live for one address; each is good for ten minutes and one use.",
    reply: NonceView,
    rateClass: "auth",
    params,
  },
  ({ db, params }) => createNonce(db, params.address),
);
