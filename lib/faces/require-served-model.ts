import { InvalidInputError } from "@/lib/errors";
import { findModel, servedModels } from "@/lib/models/catalogue";

/** A face's default model must be one that can answer here. @throws {InvalidInputError} naming what is served */
export function requireServedModel(name: string | null | undefined): void {
  if (name == null || findModel(name) !== null) return;
  const served = servedModels().map(({ id }) => id);
  throw new InvalidInputError(`The model ${name} is not served here. Served: ${served.join(", ")}.`, "default_model");
}
