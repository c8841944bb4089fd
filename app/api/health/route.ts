import { chooseEngine } from "@/lib/compile/choose-engine";
import { readHealth } from "@/lib/db/health";
import { AppError } from "@/lib/errors";
import { publicRoute } from "@/lib/http/route";
import { defaultModel, modelServerStates, modelsKnown } from "@/lib/models/catalogue";

export const dynamic = "force-dynamic";

export const GET = publicRoute({}, async ({ db }) => {
  await modelsKnown();
  const health = await readHealth(db);
  const models = { chat: idOf(defaultModel), compile: idOf(chooseEngine) };
  const servers = modelServerStates().map(({ name, status }) => [name, status] as const);
  return Response.json({
    status: "ok",
    ...health,
    models,
    ...(servers.length === 0 ? {} : { model_servers: Object.fromEntries(servers) }),
  });
});

/** A model that is set and not served, as one that was shut down, must not keep the installation from starting. */
function idOf(choose: () => { id: string }): string | null {
  try {
    return choose().id;
  } catch (error) {
    if (error instanceof AppError) return null;
    throw error;
  }
}
