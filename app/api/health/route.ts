import { z } from "zod";
import { modelsInUse } from "@/lib/compile/models-in-use";
import { readHealth } from "@/lib/db/health";
import { publicRoute } from "@/lib/http/route";
import { bare } from "@/lib/http/route-definition";

const HealthView = z.object({
  status: z.literal("ok"),
  workers: z.number(),
  jobs_waiting: z.number(),
  models: z.object({ chat: z.string().nullable(), compile: z.string().nullable() }),
  model_servers: z.record(z.string(), z.string()).optional(),
});

export const dynamic = "force-dynamic";

export const GET = publicRoute(
  {
    summary: "How the installation is",
    about:
      "Answers 200 while the database answers. Which models chat and compile, how many workers live, and how much work waits.",
    reply: bare(HealthView),
  },
  async ({ db }) => {
    const { servers, ...models } = await modelsInUse();
    const health = await readHealth(db);
    const states = servers.map(({ name, status }) => [name, status] as const);
    return Response.json({
      status: "ok",
      ...health,
      models,
      ...(states.length === 0 ? {} : { model_servers: Object.fromEntries(states) }),
    });
  },
);
