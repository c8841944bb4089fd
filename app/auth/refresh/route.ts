import { SignInView } from "@/lib/auth/schemas";
import { refreshAccessToken } from "@/lib/auth/sign-in-with-token";
import { publicRoute } from "@/lib/http/route";

export const POST = publicRoute(
  {
    summary: "Renew an access token",
    about: "With the token that is about to expire, or has, as the bearer.",
    reply: SignInView,
    rateClass: "auth",
  },
  ({ db, request }) => refreshAccessToken(db, request.headers.get("authorization")?.replace(/^Bearer\s+/i, "") ?? ""),
);
