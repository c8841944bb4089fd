import { InvalidInputError } from "@/lib/errors";
import { findModel, lookForNewModels, modelsKnown, servedSentence } from "@/lib/models/catalogue";

/** A face's default model must be one that can answer here. @throws {InvalidInputError} naming what is served */
export async function requireServedModel(name: string | null | undefined): Promise<void> {
  if (name == null) return;
  await modelsKnown();
  if (findModel(name) !== null) return;
  if ((await lookForNewModels()) && findModel(name) !== null) return;
  throw new InvalidInputError(`The model ${name} is not served here. ${servedSentence(name)}`, "default_model");
}
