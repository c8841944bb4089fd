import { SignInView, VerifyInput } from "@/lib/auth/schemas";
import { signInWithToken } from "@/lib/auth/sign-in-with-token";
import { publicRoute } from "@/lib/http/route";

export const POST = publicRoute(
  {
    summary: "Sign in with a signature",
    about:
      "The signature may be over the message or over the nonce. The first sign-in of an address makes its account.",
    reply: SignInView,
    rateClass: "auth",
    body: VerifyInput,
  },
  ({ db, body, request }) => signInWithToken(db, body, request.headers.get("user-agent")),
);
