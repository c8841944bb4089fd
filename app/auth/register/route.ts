import { register } from "@/lib/accounts/register";
import { callerOf } from "@/lib/auth/caller";
import { RegisterInput } from "@/lib/auth/schemas";
import { toSignInView } from "@/lib/auth/sign-in-with-token";
import { publicRoute } from "@/lib/http/route";

export const POST = publicRoute(
  { rateClass: "auth", body: RegisterInput, status: 201 },
  async ({ db, body, request }) => toSignInView(await register(db, body, callerOf(request.headers))),
);
