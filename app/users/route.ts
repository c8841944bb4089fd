import { route } from "@/lib/http/route";
import { answering, bare } from "@/lib/http/route-definition";
import { withAstriaErrors } from "@/lib/portraits/astria-error";
import { AstriaUser, readAstriaUser } from "@/lib/portraits/astria-user";

export const GET = answering(
  route(
    {
      summary: "Show who calls, as Astria's clients ask",
      scope: "faces:read",
      errors: "astria",
      reply: bare(AstriaUser),
    },
    async ({ ctx }) => Response.json(await readAstriaUser(ctx)),
  ),
  withAstriaErrors,
);
