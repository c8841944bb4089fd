import { refreshAccessToken } from "@/lib/auth/sign-in-with-token";
import { publicRoute } from "@/lib/http/route";

export const POST = publicRoute({ rateClass: "auth" }, ({ db, request }) =>
  refreshAccessToken(db, request.headers.get("authorization")?.replace(/^Bearer\s+/i, "") ?? ""),
);
