import { z } from "zod";

const Figure = z.union([
  z.object({ value: z.number(), n: z.number(), low: z.number(), high: z.number() }),
  z.object({ value: z.null(), reason: z.string() }),
]);
export type Figure = z.infer<typeof Figure>;

/** `GET …/fidelity`: how good a compiled face is, measured on itself. */
export const FidelityView = z.object({
  documents: Figure,
  tokens: Figure,
  coverage: Figure,
  compression: Figure,
  duplicates: Figure,
  tensions: Figure,
  voice_distinctness: Figure,
  held_out_support: Figure,
});
export type FidelityView = z.infer<typeof FidelityView>;
