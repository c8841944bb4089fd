import { signInWithToken } from "@/lib/auth/sign-in-with-token";
import { VerifyInput } from "@/lib/auth/schemas";
import { publicRoute } from "@/lib/http/route";

export const POST = publicRoute({ rateClass: "auth", body: VerifyInput }, ({ db, body, request }) =>
  signInWithToken(db, body, request.headers.get("user-agent")),
);
