import { picture } from "./testing-order";
import { type Asked, type FakeServer, publicUrlOf, type Reply, startServer } from "./testing-server";

type Tune = { id: number; title: string; expires_at: string; trained_at: string | null; [field: string]: unknown };
type Prompt = { id: number; tune_id: number; text: string; seed: number; num_images: number; [field: string]: unknown };

export type FakeAstria = FakeServer & {
  tunes: Tune[];
  prompts: Prompt[];
  /** looks until a prompt is done */
  looks: number;
  /** Astria's sentence about every prompt from now on */
  userError: string | null;
  /** where the images lie; on the public internet unless a test says otherwise */
  imageUrl: (prompt: Prompt, index: number) => string;
  images: FakeServer;
};

const apiKey = "sd_test_key_0123456789";
const day = 86_400_000;

/** Astria's API as its documentation and its clients show it: Rails' forms in, plain JSON out, images elsewhere. */
export async function startFakeAstria(): Promise<FakeAstria & { apiKey: string }> {
  const images = await startServer(async ({ path }) => ({
    bytes: await picture(colorOf(path)),
    type: "binary/octet-stream",
  }));
  const looked = new Map<number, number>();
  let nextId = 1_350_100;
  const server = await startServer((asked) => (isAuthorized(asked) ? answer(asked) : unauthorized));
  const fake = Object.assign(server, {
    apiKey,
    images,
    tunes: [] as Tune[],
    prompts: [] as Prompt[],
    looks: 3,
    userError: null as string | null,
    imageUrl: (prompt: Prompt, index: number) => publicUrlOf(images, `/${prompt.id}-${index}`),
  });

  function answer(asked: Asked): Reply | Promise<Reply> {
    const { method, path } = asked;
    if (path.startsWith("/images/")) return picture(colorOf(path)).then((bytes) => ({ bytes, type: "image/png" }));
    const [, tuneId, isPrompts, promptId] = /^\/tunes(?:\/(\d+)(\/prompts(?:\/(\d+))?)?)?$/u.exec(path) ?? [];
    if (isPrompts !== undefined)
      return ofPrompts(asked, Number(tuneId), promptId === undefined ? null : Number(promptId));
    if (path !== "/tunes" && tuneId === undefined) return notFound;
    if (tuneId === undefined) return method === "POST" ? createTune(asked) : page(fake.tunes, asked);
    const tune = fake.tunes.find(({ id }) => id === Number(tuneId));
    if (tune === undefined) return notFound;
    if (method !== "DELETE") return { json: tune };
    fake.tunes = fake.tunes.filter((one) => one !== tune);
    return { status: 200, text: "" };
  }

  function createTune({ form }: Asked): Reply {
    const title = form?.get("tune[title]");
    const files = form?.getAll("tune[images][]") ?? [];
    if (typeof title !== "string" || files.length === 0) {
      return { status: 422, json: { title: ["can't be blank"], images: ["can't be blank"] } };
    }
    const now = new Date().toISOString();
    const tune: Tune = {
      id: nextId++,
      title,
      name: form?.get("tune[name]"),
      is_api: true,
      token: null,
      eta: now,
      callback: null,
      trained_at: now,
      started_training_at: now,
      expires_at: new Date(Date.now() + 30 * day).toISOString(),
      created_at: now,
      model_type: form?.get("tune[model_type]"),
      updated_at: now,
      base_tune_id: Number(form?.get("tune[base_tune_id]")),
      branch: "sd15",
      ckpt_url: null,
      ckpt_urls: [],
      url: `${server.url}/tunes/${nextId}.json`,
      orig_images: files.map((_, index) => publicUrlOf(images, `/orig-${index}`)),
    };
    fake.tunes.unshift(tune);
    return { status: 201, json: tune };
  }

  function ofPrompts(asked: Asked, tuneId: number, id: number | null): Reply {
    if (id === null) return asked.method === "POST" ? createPrompt(asked, tuneId) : page(fake.prompts, asked);
    const prompt = fake.prompts.find((one) => one.id === id && one.tune_id === tuneId);
    if (prompt === undefined) return notFound;
    if (asked.method === "DELETE") {
      fake.prompts = fake.prompts.filter((one) => one !== prompt);
      return { json: { message: "Prompt successfully deleted" } };
    }
    const times = (looked.get(id) ?? 0) + 1;
    looked.set(id, times);
    return {
      json:
        times < fake.looks ? { ...prompt, started_training_at: times > 1 ? prompt["created_at"] : null } : done(prompt),
    };
  }

  function done(prompt: Prompt): Prompt {
    const now = new Date().toISOString();
    if (fake.userError !== null) return { ...prompt, trained_at: now, images: [], user_error: fake.userError };
    const urls = Array.from({ length: prompt.num_images }, (_, index) => fake.imageUrl(prompt, index));
    return { ...prompt, trained_at: now, started_training_at: now, images: urls };
  }

  function createPrompt({ form }: Asked, tuneId: number): Reply {
    const text = form?.get("prompt[text]");
    if (typeof text !== "string" || text === "") return { status: 422, json: { text: ["can't be blank"] } };
    const unknown = [...text.matchAll(/<faceid:(\d+):/gu)].find(
      ([, id]) => !fake.tunes.some((one) => one.id === Number(id)),
    );
    if (unknown !== undefined)
      return { status: 422, json: { text: [`references tune ${unknown[1] ?? ""} which does not exist`] } };
    const now = new Date().toISOString();
    const prompt: Prompt = {
      id: nextId++,
      callback: null,
      text,
      negative_prompt: form?.get("prompt[negative_prompt]") ?? "",
      cfg_scale: null,
      steps: null,
      seed: Number(form?.get("prompt[seed]")),
      num_images: Number(form?.get("prompt[num_images]") ?? 4),
      trained_at: null,
      started_training_at: null,
      created_at: now,
      updated_at: now,
      tune_id: tuneId,
      url: `${server.url}/tunes/${tuneId}/prompts/${nextId}.json`,
      images: [],
    };
    fake.prompts.unshift(prompt);
    return { status: 201, json: prompt };
  }
  const stopServer = server.stop;
  return Object.assign(fake, {
    async stop() {
      await images.stop();
      await stopServer();
    },
  });
}

const unauthorized: Reply = { status: 401, json: { error: `HTTP Token: Access denied for ${apiKey}.` } };
const notFound: Reply = { status: 404, json: { status: 404, error: "Not Found" } };

function isAuthorized({ headers }: Asked): boolean {
  return headers.authorization === `Bearer ${apiKey}`;
}

function page(all: unknown[], { query }: Asked): Reply {
  const offset = Number(query.get("offset") ?? 0);
  return { json: all.slice(offset, offset + 20) };
}

function colorOf(path: string): string {
  return path.endsWith("-1") ? "#123456" : "#654321";
}
