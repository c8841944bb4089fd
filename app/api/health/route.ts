import { modelsInUse } from "@/lib/compile/models-in-use";
import { readHealth } from "@/lib/db/health";
import { publicRoute } from "@/lib/http/route";

export const dynamic = "force-dynamic";

export const GET = publicRoute({}, async ({ db }) => {
  const { servers, ...models } = await modelsInUse();
  const health = await readHealth(db);
  const states = servers.map(({ name, status }) => [name, status] as const);
  return Response.json({
    status: "ok",
    ...health,
    models,
    ...(states.length === 0 ? {} : { model_servers: Object.fromEntries(states) }),
  });
});
