import { z } from "zod";
import { createNonce } from "@/lib/auth/create-nonce";
import { WalletAddress } from "@/lib/auth/schemas";
import { publicRoute } from "@/lib/http/route";

const params = z.object({ address: WalletAddress });

export const GET = publicRoute({ rateClass: "auth", params }, ({ db, params }) => createNonce(db, params.address));
