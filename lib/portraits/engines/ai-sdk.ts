import type { Env } from "@/lib/env";
import type { PortraitModel } from "@/lib/portrait-settings";
import type { PortraitEngine } from "../engine";
import { dialectOf } from "./ai-sdk-model";
import { priceOf } from "./order";
import type { WireOptions } from "./wire";

const mostPeople = 4;

/**
 * A model of PORTRAIT_MODELS through the AI SDK: photos of the people go along as reference images, an image to change
 * as the first of them.
 */
export function aiSdkEngine(entry: PortraitModel, settings: Env, options: WireOptions = {}): PortraitEngine {
  const dialect = dialectOf(entry, settings, options);
  const { inputImage, mask, seed, mostImages } = dialect;
  return {
    id: entry.id,
    name: entry.name ?? entry.id,
    // one photo of each is the least
    capabilities: { text: "free", inputImage, mask, people: Math.min(mostPeople, mostImages), seed },
    costMicroUsd: ({ count }) => priceOf(entry.usd_per_image, count),
    async generate(order) {
      // the SDK is loaded where orders are made, not where they are taken
      const { SdkOrder } = await import("./ai-sdk-order");
      return new SdkOrder(dialect, entry, order).run();
    },
    // nothing is kept there under a name by which it could be deleted: the README says what each provider keeps
    forget: () => Promise.resolve(),
  };
}
