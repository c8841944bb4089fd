import { setTimeout as sleep } from "node:timers/promises";
import { isJsonObject } from "@/lib/json";
import { picture } from "./testing-order";
import { type Asked, type FakeServer, publicUrlOf, type Reply, startServer } from "./testing-server";

export type FakeImages = FakeServer & {
  /** where fal, Replicate and servers that answer with addresses put their images */
  images: FakeServer;
  imageUrl: (name: string) => string;
  /** looks until a queued request is done */
  looks: number;
  /** fal's and Replicate's requests: their state and what was asked */
  queue: Map<string, { state: "waiting" | "done" | "cancelled"; looks: number; input: Record<string, unknown> }>;
  /** why a request of fal or Replicate fails */
  failure: string | null;
  /** Google's word instead of an image */
  blocked: string | null;
  /** how long the answer to an order of fal and Replicate takes */
  delayMs: number;
  /** fal's safety checker blackens every image */
  isBlackened: boolean;
};

/**
 * OpenAI's, Google's, fal's and Replicate's wires for images, as their documentation shows them, one below the other:
 * `/openai/v1`, `/google/v1beta`, `/fal`, `/replicate/v1`, and `/server/v1`, which answers with addresses.
 */
export async function startFakeImages(): Promise<FakeImages> {
  const images = await startServer(async () => ({ bytes: await picture("#333333"), type: "image/png" }));
  let numbers = 0;
  const server = await startServer(answer);
  const fake: FakeImages = Object.assign(server, {
    images,
    imageUrl: (name: string) => publicUrlOf(images, `/${name}.png`),
    looks: 2,
    queue: new Map(),
    failure: null as string | null,
    blocked: null as string | null,
    isBlackened: false,
    delayMs: 0,
  });

  function answer(asked: Asked): Reply | Promise<Reply> {
    const { method, path } = asked;
    if (path === "/openai/v1/images/edits" && method === "POST") return openAi(asked);
    if (path === "/server/v1/images/edits" && method === "POST") {
      const n = Number(asked.form?.get("n") ?? 1);
      return {
        json: { created: 1, data: Array.from({ length: n }, (_, index) => ({ url: fake.imageUrl(`s${index}`) })) },
      };
    }
    if (/^\/google\/v1beta\/models\/[^/]+:generateContent$/u.test(path)) return google();
    if (path.startsWith("/fal/")) return late(asked, fal(asked));
    if (path.startsWith("/replicate/v1/")) return late(asked, replicate(asked));
    return { status: 404, json: { error: { message: `Unknown request URL: ${method} ${path}` } } };
  }

  async function late({ method }: Asked, reply: Reply): Promise<Reply> {
    if (method === "POST" && fake.delayMs > 0) await sleep(fake.delayMs);
    return reply;
  }

  async function openAi({ form, headers }: Asked): Promise<Reply> {
    if (headers.authorization !== "Bearer sk-right") {
      const message =
        "Incorrect API key provided: sk-wr***ng. You can find your API key at https://platform.openai.com/account/api-keys.";
      return {
        status: 401,
        json: { error: { message, type: "invalid_request_error", param: null, code: "invalid_api_key" } },
      };
    }
    const n = Number(form?.get("n") ?? 1);
    const [width, height] = String(form?.get("size")).split("x").map(Number);
    const data = Array.from({ length: n }, async (_, index) => {
      const image = await picture(`#00${index}000`, (width ?? 64) / 16, (height ?? 64) / 16);
      return { b64_json: image.toString("base64") };
    });
    const usage = {
      total_tokens: 100,
      input_tokens: 50,
      output_tokens: 50,
      input_tokens_details: { text_tokens: 10, image_tokens: 40 },
    };
    return {
      json: { created: 1_789_000_000, size: "1024x1536", quality: "high", data: await Promise.all(data), usage },
    };
  }

  async function google(): Promise<Reply> {
    const usageMetadata = { promptTokenCount: 300, candidatesTokenCount: 1290, totalTokenCount: 1590 };
    const common = { usageMetadata, modelVersion: "gemini-2.5-flash-image", responseId: "r1" };
    if (fake.blocked === "PROHIBITED_CONTENT")
      return { json: { promptFeedback: { blockReason: fake.blocked }, ...common } };
    if (fake.blocked !== null) {
      const finishMessage = "Unable to show the generated image.";
      return {
        json: { candidates: [{ content: {}, finishReason: fake.blocked, finishMessage, index: 0 }], ...common },
      };
    }
    const data = (await picture("#abcdef")).toString("base64");
    const content = { parts: [{ inlineData: { mimeType: "image/png", data } }], role: "model" };
    return { json: { candidates: [{ content, finishReason: "STOP", index: 0 }], ...common } };
  }

  function fal({ method, path, json, headers }: Asked): Reply {
    if (headers.authorization !== "Key fal-right")
      return { status: 401, json: { detail: 'Cannot access application "fal-ai". Authentication is required.' } };
    const [, id, what] = /\/requests\/([\w-]+)(?:\/(status|cancel))?$/u.exec(path) ?? [];
    if (id === undefined) {
      const request_id = enqueue(json);
      const url = `${server.url}/fal/fal-ai/flux-pro/requests/${request_id}`;
      return {
        json: {
          status: "IN_QUEUE",
          request_id,
          response_url: url,
          status_url: `${url}/status`,
          cancel_url: `${url}/cancel`,
          queue_position: 0,
        },
      };
    }
    const request = fake.queue.get(id);
    if (request === undefined || !path.startsWith("/fal/fal-ai/flux-pro/requests/"))
      return { status: 404, json: { detail: "Request not found" } };
    if (method === "PUT") {
      if (request.state === "done") return { status: 400, json: { status: "ALREADY_COMPLETED" } };
      request.state = "cancelled";
      return { status: 202, json: { status: "CANCELLATION_REQUESTED" } };
    }
    if (what === "status") {
      const isDone = pass(request);
      return {
        status: isDone ? 200 : 202,
        json: isDone ? { status: "COMPLETED", request_id: id } : { status: "IN_QUEUE", queue_position: 1 },
      };
    }
    if (fake.failure !== null) {
      return {
        status: 422,
        json: { detail: [{ loc: ["body", "prompt"], msg: fake.failure, type: "content_policy_violation" }] },
      };
    }
    const image = { url: fake.imageUrl(id), width: 64, height: 80, content_type: "image/png" };
    const rest = {
      timings: { inference: 1.2 },
      seed: json["seed"],
      has_nsfw_concepts: [fake.isBlackened],
      prompt: "…",
    };
    return { json: { images: [image], ...rest } };
  }

  function replicate({ method, path, json, headers }: Asked): Reply {
    if (headers.authorization !== "Bearer r8_right") {
      return {
        status: 401,
        json: { title: "Unauthenticated", detail: "You did not pass a valid authentication token", status: 401 },
      };
    }
    const [, id, cancel] = /\/predictions\/([\w-]+)(\/cancel)?$/u.exec(path) ?? [];
    if (id === undefined && method === "POST") return { status: 201, json: prediction(enqueue(json["input"])) };
    const request = fake.queue.get(id ?? "");
    if (id === undefined || request === undefined)
      return { status: 404, json: { title: "Not found", detail: "Prediction not found", status: 404 } };
    if (cancel !== undefined) request.state = "cancelled";
    else pass(request);
    return { json: prediction(id) };
  }

  function prediction(id: string) {
    const { state, input } = fake.queue.get(id) ?? { state: "waiting", input: {} };
    const hasFailed = state === "done" && fake.failure !== null;
    const status = { waiting: "starting", cancelled: "canceled", done: hasFailed ? "failed" : "succeeded" }[state];
    const base = `${server.url}/replicate/v1/predictions/${id}`;
    return {
      id,
      model: "black-forest-labs/flux-kontext-pro",
      version: "hidden",
      input,
      logs: "",
      output: status === "succeeded" ? fake.imageUrl(id) : null,
      data_removed: false,
      error: hasFailed ? fake.failure : null,
      source: "api",
      status,
      created_at: "2026-11-21T20:00:00.000Z",
      urls: { cancel: `${base}/cancel`, get: base, web: `https://replicate.com/p/${id}` },
    };
  }

  function enqueue(input: unknown): string {
    const id = `request-${numbers++}`;
    fake.queue.set(id, { state: "waiting", looks: 0, input: isJsonObject(input) ? input : {} });
    return id;
  }

  function pass(request: { state: string; looks: number }): boolean {
    if (request.state === "waiting" && ++request.looks >= fake.looks) request.state = "done";
    return request.state === "done";
  }

  const stopServer = server.stop;
  return Object.assign(fake, {
    async stop() {
      await images.stop();
      await stopServer();
    },
  });
}
