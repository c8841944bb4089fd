import { createHash } from "node:crypto";
import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import Stripe from "stripe";
import { endpoints, StripeRefusal } from "./testing-api";
import { parseForm, textAt } from "./testing-form";
import { pressButton, showPage } from "./testing-pages";
import { type FakeEvent, StripeWorld } from "./testing-world";

/** `lost`: it was done, and the connection broke before the answer. `hang`: no answer at all. */
type Fault = "none" | { status: number } | "hang" | "reset" | "lost";
type Answer = { status: number; body: string };

const secretKey = "sk_test_faces";
export const webhookSecret = "whsec_of_tests";
export const testPrices = { standard: "price_standard", pro: "price_pro" };

/** Stripe on this machine: real HTTP for its own library, and a world behind it that tests move. */
export class FakeStripe {
  readonly world = new StripeWorld();
  /** every request that arrived, as `METHOD /path` */
  readonly requests: string[] = [];
  /** one per request, in order; an empty list is health */
  faults: Fault[] = [];
  /** called before each answer: a test may let something happen while one reads */
  beforeAnswer: (request: string) => Promise<void> | void = () => undefined;
  /** where webhooks go when a button is pressed on one of its pages; null: the test delivers them */
  webhookUrl: string | null = null;
  readonly #keys = new Map<string, { fingerprint: string; answer: Promise<Answer> }>();
  readonly #running = new Set<string>();

  /** The body and the signature of a delivery. */
  delivery(event: FakeEvent, { secret = webhookSecret, ageSeconds = 0 } = {}) {
    const payload = JSON.stringify(event, null, 2);
    const timestamp = Math.floor(Date.now() / 1000) - ageSeconds;
    return { payload, signature: Stripe.webhooks.generateTestHeaderString({ payload, secret, timestamp }) };
  }

  /** Delivers what was not accepted yet, each once. @param webhookUrl of the installation under test */
  async deliverTo(webhookUrl: string): Promise<void> {
    for (const event of this.world.events.filter(({ id }) => !this.world.delivered.has(id))) {
      const { payload, signature } = this.delivery(event);
      const headers = { "stripe-signature": signature, "content-type": "application/json; charset=utf-8" };
      const response = await fetch(webhookUrl, { method: "POST", headers, body: payload });
      if (response.ok) this.world.delivered.add(event.id);
    }
  }

  /** A page that a payer was sent to, or the press of one of its buttons. */
  async #page(request: IncomingMessage, response: ServerResponse, id: string): Promise<void> {
    const thing = this.world.things.get(id);
    if (thing === undefined) return void response.writeHead(404).end();
    if (request.method !== "POST") return showPage(response, thing);
    const isCancelled = textAt(parseForm(await text(request)), "cancel") !== undefined;
    const location = pressButton({ world: this.world, id, isCancelled });
    if (this.webhookUrl !== null) await this.deliverTo(this.webhookUrl);
    response.writeHead(303, { location }).end();
  }

  async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? "/", "http://stripe.test");
    const page = /^\/pay\/(\w+)$/.exec(url.pathname)?.[1];
    if (page !== undefined) return this.#page(request, response, page);
    const name = `${request.method} ${url.pathname}`;
    this.requests.push(name);
    const body = await text(request);
    const fault = this.faults.shift();
    if (fault === "hang") return;
    if (fault === "reset") return void request.socket.destroy();
    const answer =
      typeof fault === "object"
        ? refusal(new StripeRefusal(fault.status, { type: "api_error", message: "Something broke." }))
        : await this.#once(request, name, body === "" ? url.search.slice(1) : body);
    if (fault === "lost") return void request.socket.destroy();
    await this.beforeAnswer(name);
    response.writeHead(answer.status, {
      "content-type": "application/json",
      "request-id": `req_${this.requests.length}`,
    });
    response.end(answer.body);
  }

  /** The same idempotency key is answered the same, is refused for other parameters, and waits for nobody. */
  async #once(request: IncomingMessage, name: string, body: string): Promise<Answer> {
    const key = request.headers["idempotency-key"];
    if (typeof key !== "string" || request.method !== "POST") return this.#run(request, name, body);
    const fingerprint = createHash("sha256").update(`${name}\n${body}`).digest("hex");
    const known = this.#keys.get(key);
    if (known !== undefined && known.fingerprint !== fingerprint) {
      const message =
        "Keys for idempotent requests can only be used with the same parameters they were first used with.";
      return refusal(new StripeRefusal(400, { type: "idempotency_error", message }));
    }
    if (this.#running.has(key)) {
      const message = "There is currently another in-progress request using this Idempotent Key.";
      const code = "idempotency_key_in_use";
      return refusal(new StripeRefusal(409, { type: "invalid_request_error", code, message }));
    }
    if (known !== undefined) return known.answer;
    this.#running.add(key);
    // it takes a moment, in which a second request meets the first
    const answer = new Promise<void>(setImmediate).then(() => this.#run(request, name, body));
    this.#keys.set(key, { fingerprint, answer });
    return answer.finally(() => this.#running.delete(key));
  }

  #run(request: IncomingMessage, name: string, body: string): Answer {
    if (request.headers.authorization !== `Bearer ${secretKey}`) {
      return refusal(new StripeRefusal(401, { type: "invalid_request_error", message: "Invalid API Key provided" }));
    }
    for (const [pattern, endpoint] of Object.entries(endpoints)) {
      const found = new RegExp(`^${pattern.replace("{id}", "(\\w+)")}$`).exec(name);
      if (found === null) continue;
      try {
        const result = endpoint({ world: this.world, form: parseForm(body), id: found[1] ?? "" });
        return { status: 200, body: JSON.stringify(result) };
      } catch (error) {
        if (error instanceof StripeRefusal) return refusal(error);
        throw error;
      }
    }
    const message = `Unrecognized request URL (${name}).`;
    return refusal(new StripeRefusal(404, { type: "invalid_request_error", message }));
  }
}

function refusal({ status, error }: StripeRefusal): Answer {
  return { status, body: JSON.stringify({ error }) };
}

/** Starts one on a free port, or on the port given: also for a browser, and an installation in another process. */
export async function startFakeStripe(port = 0): Promise<{ fake: FakeStripe; url: string; close(): Promise<void> }> {
  const fake = new FakeStripe();
  const server = createServer((request, response) => {
    fake.answer(request, response).catch((error: unknown) => {
      response.writeHead(500).end(JSON.stringify({ error: { type: "api_error", message: String(error) } }));
    });
  });
  server.listen(port, "127.0.0.1");
  await once(server, "listening");
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  fake.world.pagesAt = `${url}/pay`;
  return {
    fake,
    url,
    async close() {
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
    },
  };
}

/** The settings of an installation that takes payments from a fake. */
export function stripeSettings(url: string) {
  return {
    STRIPE_SECRET_KEY: secretKey,
    STRIPE_WEBHOOK_SECRET: webhookSecret,
    STRIPE_PRICE_STANDARD: testPrices.standard,
    STRIPE_PRICE_PRO: testPrices.pro,
    STRIPE_API_BASE: url,
  };
}
