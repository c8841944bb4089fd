import { type FormValue, textAt, textsAt } from "./testing-form";
import type { StripeWorld, Thing } from "./testing-world";

/** An error in Stripe's shape. */
export class StripeRefusal extends Error {
  constructor(
    readonly status: number,
    readonly error: { type: string; message: string; code?: string; param?: string },
  ) {
    super(error.message);
  }
}

type Call = { world: StripeWorld; form: Record<string, FormValue>; id: string };
type Endpoint = (call: Call) => unknown;

function invalid(message: string, param: string, code?: string): StripeRefusal {
  const error = { type: "invalid_request_error", message, param };
  return new StripeRefusal(400, code === undefined ? error : { ...error, code });
}

function require(world: StripeWorld, object: string, id: string | undefined, param: string): Thing {
  const thing = id === undefined ? undefined : world.things.get(id);
  if (thing?.object === object && thing["deleted"] !== true) return thing;
  const error = {
    type: "invalid_request_error",
    code: "resource_missing",
    message: `No such ${object}: '${id}'`,
    param,
  };
  throw new StripeRefusal(param === "customer" ? 400 : 404, error);
}

function list(data: Thing[], form: Record<string, FormValue>) {
  const limit = Number(textAt(form, "limit") ?? 10);
  return { object: "list", url: "/v1/list", has_more: data.length > limit, data: data.slice(0, limit) };
}

function createSession({ world, form }: Call): Thing {
  const customer = require(world, "customer", textAt(form, "customer"), "customer").id;
  const mode = textAt(form, "mode") ?? "";
  if (!["payment", "setup", "subscription"].includes(mode)) throw invalid("Invalid mode", "mode");
  for (const page of ["success_url", "cancel_url"]) {
    if (!URL.canParse(textAt(form, page) ?? "")) throw invalid(`Not a valid URL: ${page}`, page);
  }
  const price = textAt(form, "line_items", "0", "price");
  if (mode === "subscription" && !price?.startsWith("price_")) throw invalid("No such price", "line_items[0][price]");
  const cents = textAt(form, "line_items", "0", "price_data", "unit_amount");
  if (mode === "payment" && !/^[1-9]\d*$/.test(cents ?? "")) {
    throw invalid(`Invalid integer: ${cents}`, "line_items[0][price_data][unit_amount]");
  }
  const session = world.add("cs", "checkout.session", {
    customer,
    mode,
    status: "open",
    payment_status: mode === "setup" ? "no_payment_required" : "unpaid",
    payment_intent: null,
    subscription: null,
    amount_total: cents === undefined ? null : Number(cents),
    metadata: textsAt(form, "metadata"),
    success_url: textAt(form, "success_url"),
    cancel_url: textAt(form, "cancel_url"),
    price,
    payment_metadata: textsAt(form, "payment_intent_data", "metadata"),
    subscription_metadata: textsAt(form, "subscription_data", "metadata"),
  });
  session["url"] = `${world.pagesAt}/${session.id}`;
  return session;
}

/** A card may be told how it behaves: `decline`, `authentication_required`. */
function chargeCard({ world, form }: Call): Thing {
  const customer = require(world, "customer", textAt(form, "customer"), "customer").id;
  const card = require(world, "payment_method", textAt(form, "payment_method"), "payment_method");
  const code = card.metadata["behaves"];
  if (code !== undefined) {
    throw new StripeRefusal(402, { type: "card_error", code, message: "Your card was declined." });
  }
  return world.payment(customer, Number(textAt(form, "amount")), { metadata: textsAt(form, "metadata") });
}

function listSubscriptions({ world, form }: Call) {
  const customer = require(world, "customer", textAt(form, "customer"), "customer").id;
  const all = world.all("subscription", { customer });
  const isAsked = (one: Thing) => textAt(form, "status") === "all" || one["status"] !== "canceled";
  return list(all.filter(isAsked), form);
}

const find =
  (object: string, param: string): Endpoint =>
  ({ world, id }) =>
    require(world, object, id, param);

const listOf =
  (object: string, by: string): Endpoint =>
  ({ world, form }) => {
    if (by === "customer") require(world, "customer", textAt(form, by), by);
    return list(world.all(object, { [by]: textAt(form, by) }), form);
  };

/** The endpoints in use; `{id}` is one segment. */
export const endpoints: Record<string, Endpoint> = {
  "POST /v1/customers": ({ world, form }) => world.add("cus", "customer", { metadata: textsAt(form, "metadata") }),
  "DELETE /v1/customers/{id}": ({ world, id }) => {
    require(world, "customer", id, "id");
    world.deleteCustomer(id);
    return { id, object: "customer", deleted: true };
  },
  "POST /v1/checkout/sessions": createSession,
  "GET /v1/checkout/sessions": listOf("checkout.session", "customer"),
  "GET /v1/checkout/sessions/{id}": find("checkout.session", "session"),
  "POST /v1/checkout/sessions/{id}/expire": ({ world, id }) => {
    const session = require(world, "checkout.session", id, "session");
    if (session["status"] !== "open") throw invalid("Only open sessions can be expired", "session");
    return Object.assign(session, { status: "expired", url: null });
  },
  "GET /v1/payment_methods": listOf("payment_method", "customer"),
  "GET /v1/prices/{id}": ({ id }) => ({
    ...{ id, object: "price", currency: "usd", unit_amount: id.endsWith("pro") ? 9_900 : 1_900 },
    recurring: { interval: "month", interval_count: 1 },
  }),
  "GET /v1/subscriptions": listSubscriptions,
  "POST /v1/subscriptions/{id}": ({ world, id, form }) => {
    const subscription = require(world, "subscription", id, "id");
    const cancel = textAt(form, "cancel_at_period_end");
    if (cancel !== undefined) world.setCancel(id, cancel === "true");
    return subscription;
  },
  "POST /v1/billing_portal/sessions": ({ world, form }) => {
    const { id } = require(world, "customer", textAt(form, "customer"), "customer");
    const asked = textAt(form, "flow_data", "subscription_update_confirm", "subscription");
    require(world, "subscription", asked, "flow_data[subscription_update_confirm][subscription]");
    const price = textAt(form, "flow_data", "subscription_update_confirm", "items", "0", "price");
    const fields = { customer: id, subscription: asked, price, return_url: textAt(form, "return_url") };
    const session = world.add("bps", "billing_portal.session", fields);
    return Object.assign(session, { url: `${world.pagesAt}/${session.id}` });
  },
  "GET /v1/events": ({ world, form }) => {
    const missed = world.events.filter(({ id }) => !world.delivered.has(id)).reverse();
    const after = textAt(form, "starting_after");
    const data = missed.slice(after === undefined ? 0 : missed.findIndex(({ id }) => id === after) + 1);
    const limit = Number(textAt(form, "limit") ?? 10);
    return { object: "list", url: "/v1/events", has_more: data.length > limit, data: data.slice(0, limit) };
  },
  "POST /v1/payment_intents": chargeCard,
  "GET /v1/payment_intents/{id}": find("payment_intent", "intent"),
  "GET /v1/refunds": listOf("refund", "payment_intent"),
  "GET /v1/disputes": listOf("dispute", "payment_intent"),
  "GET /v1/invoices/{id}": find("invoice", "invoice"),
};
