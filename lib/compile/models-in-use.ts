import { AppError } from "@/lib/errors";
import { defaultModel, modelServerStates, modelsKnown } from "@/lib/models/catalogue";
import type { ServerState } from "@/lib/models/discover-models";
import { chooseEngine } from "./choose-engine";

/**
 * Which models answer and compile where none is named, and how the servers of one's own are. A model that is set and
 * not served, as one that was shut down, is null: it must not keep the installation from starting.
 */
export async function modelsInUse(): Promise<{ chat: string | null; compile: string | null; servers: ServerState[] }> {
  await modelsKnown();
  return { chat: idOf(defaultModel), compile: idOf(chooseEngine), servers: modelServerStates() };
}

function idOf(choose: () => { id: string }): string | null {
  try {
    return choose().id;
  } catch (error) {
    if (error instanceof AppError) return null;
    throw error;
  }
}
