import { ratioOf } from "./order-size";
import type { PortraitEngine } from "./engine";
import { drawMock } from "./mock-image";

/** Astria's mock mode: nothing is made, and what comes says so. Free, at once, the same for the same order. */
export const mockEngine: PortraitEngine = {
  id: "mock",
  name: "The mock mode",
  capabilities: { text: "free", inputImage: true, mask: true, people: 100, seed: true },
  costMicroUsd: () => 0n,
  async generate({ promptId, seed, width, height }) {
    const lines = ["MOCK", `PROMPT ${promptId}`, `SEED ${seed}`, `${width} X ${height}`, ratioOf({ width, height })];
    const bytes = await drawMock({ width, height, seed, lines });
    const note = "This order belongs to a tune of the branch fast, the mock mode: its images are placeholders.";
    return {
      images: [{ bytes, mimeType: "image/png", width, height, seed }],
      ...{ understood: [], ignored: [], notes: [note] },
    };
  },
  forget: async () => undefined,
};
