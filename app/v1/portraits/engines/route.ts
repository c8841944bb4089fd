import { z } from "zod";
import { route } from "@/lib/http/route";
import { listEngines } from "@/lib/portraits/list-engines";
import { EngineView } from "@/lib/portraits/portrait-schemas";

export const GET = route(
  {
    summary: "List what makes portraits here",
    about: "The built-in studio always, others where the installation has them.",
    reply: z.array(EngineView),
    scope: "faces:read",
  },
  () => listEngines(),
);
