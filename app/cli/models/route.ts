import { publicRoute } from "@/lib/http/route";
import { answering, bare } from "@/lib/http/route-definition";
import { withAstriaErrors } from "@/lib/portraits/astria-error";
import { CliModels, cliModels } from "@/lib/portraits/gallery";

/** Astria's command line asks for this first, without a credential. */
export const GET = answering(
  publicRoute({ summary: "List models for Astria's command line", errors: "astria", reply: bare(CliModels) }, () =>
    Response.json(cliModels()),
  ),
  withAstriaErrors,
);
