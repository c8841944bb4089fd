import { createHash } from "node:crypto";
import { publicUrl } from "@/lib/env";

/**
 * Where Stripe's pages send people back to. Coming back proves nothing: the page asks with `session_id` what was paid.
 *
 * @param what plan | credit | card
 */
export function returnPages(what: "plan" | "credit" | "card"): { success_url: string; cancel_url: string } {
  const usage = new URL("/usage", publicUrl()).href;
  // Stripe fills the name in braces in; escaped it would not know it
  return { success_url: `${usage}?paid=${what}&session_id={CHECKOUT_SESSION_ID}`, cancel_url: `${usage}?paid=nothing` };
}

/** An idempotency key for Stripe: as long as the parts are the same, it is the same request. */
export function stripeKey(...parts: string[]): string {
  return createHash("sha256").update(parts.join("\n")).digest("hex");
}
