import type { Ctx } from "@/lib/auth/context";
import { InvalidInputError, NotFoundError } from "@/lib/errors";
import { inAccountTurn } from "./account-turns";
import { placeOrder } from "./place-order";
import { prepareOrder } from "./prepare-order";
import type { PromptView } from "./prompt-schemas";
import { promptViewById } from "./prompt-view";
import { tuneNumber } from "./tune-access";
import { modelOf, readWireForm } from "./wire-form";

/** An image to change and its mask. */
const limits = { files: 2, maxFileMb: 20, maxFormMb: 41 };

/**
 * `POST /tunes/{id}/prompts` in all its forms.
 *
 * @param tune the number in the path: Astria's base model, or a tune
 * @throws {AppError} as reading the form, `prepareOrder` and `placeOrder`
 */
export async function sendPrompt(ctx: Ctx, tune: string, request: Request): Promise<PromptView> {
  const tuneId = tuneNumber(tune);
  if (tuneId === null) throw new InvalidInputError("The number of a tune in the path is none.");
  const form = await readWireForm(request, limits);
  try {
    const fields = modelOf(form.body, "prompt");
    const { id } = await inAccountTurn(ctx, async () => placeOrder(ctx, await prepareOrder(ctx, tuneId, fields)));
    const view = await promptViewById(ctx.db, id);
    if (view === null) throw new NotFoundError("The prompt");
    return view;
  } finally {
    await form.dispose();
  }
}
