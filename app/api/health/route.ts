import { chooseEngine } from "@/lib/compile/choose-engine";
import { readHealth } from "@/lib/db/health";
import { publicRoute } from "@/lib/http/route";
import { defaultModel } from "@/lib/models/catalogue";

export const dynamic = "force-dynamic";

export const GET = publicRoute({}, async ({ db }) => {
  const health = await readHealth(db);
  const models = { chat: defaultModel().id, compile: chooseEngine().id };
  return Response.json({ status: "ok", ...health, models });
});
