import { createHash } from "node:crypto";
import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import Stripe from "stripe";
import { afterAll } from "vitest";
import { type Env, env } from "@/lib/env";
import { endpoints, StripeRefusal } from "./testing-api";
import { parseForm } from "./testing-form";
import { type FakeEvent, StripeWorld } from "./testing-world";

/** `lost`: it was done, and the connection broke before the answer. `hang`: no answer at all. */
type Fault = "none" | { status: number } | "hang" | "reset" | "lost";
type Answer = { status: number; body: string };

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
  readonly #keys = new Map<string, { fingerprint: string; answer: Promise<Answer> }>();
  readonly #running = new Set<string>();

  /** The body and the signature of a delivery. */
  delivery(event: FakeEvent, { secret = webhookSecret, ageSeconds = 0 } = {}) {
    const payload = JSON.stringify(event, null, 2);
    const timestamp = Math.floor(Date.now() / 1000) - ageSeconds;
    return { payload, signature: Stripe.webhooks.generateTestHeaderString({ payload, secret, timestamp }) };
  }

  async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? "/", "http://stripe.test");
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
    if (request.headers.authorization !== "Bearer sk_test_faces") {
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

/** A Stripe of one test file, which this process is configured for. Ended when the file is done. */
export async function testStripe(): Promise<FakeStripe> {
  const fake = new FakeStripe();
  const server = createServer((request, response) => {
    fake.answer(request, response).catch((error: unknown) => {
      response.writeHead(500).end(JSON.stringify({ error: { type: "api_error", message: String(error) } }));
    });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  const settings = {
    STRIPE_SECRET_KEY: "sk_test_faces",
    STRIPE_WEBHOOK_SECRET: webhookSecret,
    STRIPE_PRICE_STANDARD: testPrices.standard,
    STRIPE_PRICE_PRO: testPrices.pro,
    STRIPE_API_BASE: `http://127.0.0.1:${port}`,
  } satisfies Partial<Env>;
  // the settings were read already: they are an object of this process
  Object.assign(env(), settings);
  afterAll(async () => {
    server.closeAllConnections();
    await new Promise((done) => server.close(done));
  });
  return fake;
}
