import type { ServerResponse } from "node:http";
import type { StripeWorld, Thing } from "./testing-world";

type Click = { world: StripeWorld; id: string; isCancelled: boolean };

/**
 * Stripe's pages, as far as a browser needs them to pay, store a card or change a plan: what is asked for, one button
 * that does it and one that goes back.
 */
export function showPage(response: ServerResponse, thing: Thing): void {
  const cents = Number(thing["amount_total"] ?? 0);
  const asked = cents > 0 ? `Pay $${(cents / 100).toFixed(2)}` : thing["mode"] === "setup" ? "Save card" : "Subscribe";
  const title = thing.object === "billing_portal.session" ? "Confirm" : asked;
  const isOpen = thing.object !== "checkout.session" || thing["status"] === "open";
  const buttons = isOpen
    ? `<form method="post"><button>${title}</button><button name="cancel" value="1">Back</button></form>`
    : "<p>This page has expired.</p>";
  response.writeHead(isOpen ? 200 : 404, { "content-type": "text/html; charset=utf-8" });
  response.end(`<!doctype html><html lang="en"><title>Stripe of tests</title><h1>${title}</h1>${buttons}</html>`);
}

/** A button was pressed. @returns where the browser goes */
export function pressButton({ world, id, isCancelled }: Click): string {
  const thing = world.get(id);
  if (thing.object === "billing_portal.session") {
    if (!isCancelled) world.changePrice(String(thing["subscription"]), String(thing["price"]));
    return String(thing["return_url"]);
  }
  if (isCancelled) return String(thing["cancel_url"]);
  world.complete(id, { saveCard: true });
  return String(thing["success_url"]).replace("{CHECKOUT_SESSION_ID}", id);
}
