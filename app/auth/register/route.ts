import { register } from "@/lib/accounts/register";
import { callerOf } from "@/lib/auth/caller";
import { RegisterInput, SignInView } from "@/lib/auth/schemas";
import { toSignInView } from "@/lib/auth/sign-in-with-token";
import { publicRoute } from "@/lib/http/route";

export const POST = publicRoute(
  {
    summary: "Register with an invite",
    about: "Makes an account with an e-mail address and a password.",
    reply: SignInView,
    rateClass: "auth",
    body: RegisterInput,
    status: 201,
  },
  async ({ db, body, request }) => toSignInView(await register(db, body, callerOf(request.headers))),
);
