import { afterAll } from "vitest";
import { env } from "@/lib/env";
import { type FakeStripe, startFakeStripe, stripeSettings } from "./testing-stripe";

/** A Stripe of one test file, which this process is configured for. Ended when the file is done. */
export async function testStripe(): Promise<FakeStripe> {
  const { fake, url, close } = await startFakeStripe();
  // the settings were read already: they are an object of this process
  Object.assign(env(), stripeSettings(url));
  afterAll(close);
  return fake;
}
