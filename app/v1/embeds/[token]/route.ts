import { z } from "zod";
import { VisitorPage } from "@/lib/embed/schemas";
import { showVisitorPage } from "@/lib/embed/show-visitor-page";
import { publicRoute } from "@/lib/http/route";

const params = z.object({ token: z.string() });

export const GET = publicRoute(
  {
    summary: "Show the page of an embed",
    about: "What a visitor is shown. Nothing of the account is in it.",
    reply: VisitorPage,
    params,
  },
  ({ db, params }) => showVisitorPage(db, params.token),
);
