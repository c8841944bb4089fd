import { callerOf } from "@/lib/auth/caller";
import { logIn } from "@/lib/auth/log-in";
import { LogInInput, SignInView } from "@/lib/auth/schemas";
import { toSignInView } from "@/lib/auth/sign-in-with-token";
import { publicRoute } from "@/lib/http/route";

export const POST = publicRoute(
  { summary: "Sign in with a password", reply: SignInView, rateClass: "auth", body: LogInInput },
  async ({ db, body, request }) => toSignInView(await logIn(db, body, callerOf(request.headers))),
);
