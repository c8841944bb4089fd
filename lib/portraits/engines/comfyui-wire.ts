import { FormData } from "undici";
import { z } from "zod";
import { isJsonObject } from "@/lib/json";
import type { Workflow } from "@/lib/portrait-settings";
import type { ImageFile } from "../engine";
import { fileName } from "./photos";
import { ask, asObject, look, place, type Wire } from "./wire";
import { WireError } from "./wire-error";

const Image = z.looseObject({ filename: z.string().min(1), subfolder: z.string().default(""), type: z.string() });
export type ComfyImage = z.infer<typeof Image>;

const Uploaded = z.looseObject({ name: z.string().min(1), subfolder: z.string().default(""), type: z.string() });
const Accepted = z.looseObject({ prompt_id: z.string().min(1) });

/** What became of a run; `main.py` writes it, `execution.py` the messages. */
const Finished = z.looseObject({
  outputs: z.record(z.string(), z.unknown()),
  status: z
    .looseObject({
      status_str: z.string(),
      completed: z.boolean(),
      messages: z.array(z.tuple([z.string(), z.record(z.string(), z.unknown())])).catch([]),
    })
    .nullish(),
});

const uploadTimeoutMs = 60_000;

/**
 * Puts a picture where workflows find it, under a name of its bytes: in ComfyUI's folder for passing things, which it
 * empties when it starts, not among the inputs, where nothing could delete it.
 *
 * @returns as LoadImage names it
 */
export async function upload(wire: Wire, file: ImageFile, signal: AbortSignal): Promise<string> {
  const form = new FormData();
  form.append("image", new Blob([Uint8Array.from(file.bytes)], { type: file.mimeType }), fileName(file));
  form.append("type", "temp");
  form.append("subfolder", "faces");
  form.append("overwrite", "true");
  // the same bytes under the same name: twice is as good as once
  const question = { method: "POST", path: "/upload/image", form, signal, timeoutMs: uploadTimeoutMs } as const;
  const answer = Uploaded.safeParse(await look(wire, question));
  if (!answer.success) throw new WireError("odd", "answered to a photo with something else than its name");
  const { name, subfolder, type } = answer.data;
  return `${subfolder === "" ? "" : `${subfolder}/`}${name} [${type}]`;
}

/**
 * Queues a workflow.
 *
 * @param id chosen by us, so that a run whose answer was lost is found again; servers of before 2025 choose their own
 * @returns the number under which it runs
 */
export async function queue(wire: Wire, id: string, prompt: Workflow, signal: AbortSignal): Promise<string> {
  const json = { prompt, prompt_id: id, client_id: "faces" };
  const answer = Accepted.safeParse(await place(wire, { method: "POST", path: "/prompt", json, signal }));
  if (!answer.success) throw new WireError("odd", "took the workflow and gave it no number");
  return answer.data.prompt_id;
}

/** @returns its images; null while it is not done; `lost` when the server knows nothing of it (any more) */
export async function seeRun(wire: Wire, id: string, signal: AbortSignal): Promise<ComfyImage[] | "lost" | null> {
  const path = `/history/${encodeURIComponent(id)}`;
  const entry = asObject(await look(wire, { path, signal }))[id];
  if (entry !== undefined) return imagesOf(entry);
  if ((await placeInQueue(wire, id, signal)) !== null) return null;
  // it may have ended between the two looks
  const again = asObject(await look(wire, { path, signal }))[id];
  return again === undefined ? "lost" : imagesOf(again);
}

/** Stops a run, and only this one: older servers interrupt whatever runs, so it has to be this. */
export async function stop(wire: Wire, id: string, signal: AbortSignal): Promise<void> {
  const where = await placeInQueue(wire, id, signal);
  if (where === "pending") {
    await ask(wire, { method: "POST", path: "/queue", json: { delete: [id] }, signal });
  }
  // between the look and the deletion it may have begun
  if (where !== null && (await placeInQueue(wire, id, signal)) === "running") {
    await ask(wire, { method: "POST", path: "/interrupt", json: { prompt_id: id }, signal });
  }
}

/** Takes runs off the history, where their texts and the names of their images stand. */
export async function forgetRuns(wire: Wire, ids: readonly string[], signal: AbortSignal): Promise<void> {
  await ask(wire, { method: "POST", path: "/history", json: { delete: ids }, signal });
}

/** The address of an image that a run made. */
export function viewUrl(wire: Wire, { filename, subfolder, type }: ComfyImage): string {
  return `${wire.baseUrl}/view?${new URLSearchParams({ filename, subfolder, type }).toString()}`;
}

async function placeInQueue(wire: Wire, id: string, signal: AbortSignal): Promise<"running" | "pending" | null> {
  const { queue_running: running, queue_pending: pending } = asObject(await look(wire, { path: "/queue", signal }));
  const holds = (list: unknown) =>
    Array.isArray(list) && list.some((item: unknown) => Array.isArray(item) && item[1] === id);
  return holds(running) ? "running" : holds(pending) ? "pending" : null;
}

function imagesOf(entry: unknown): ComfyImage[] {
  const parsed = Finished.safeParse(entry);
  if (!parsed.success) throw new WireError("odd", "answered with a history that is none");
  const { outputs, status } = parsed.data;
  if (status?.status_str === "error") throw new WireError("failed", failureOf(status.messages));
  const images = Object.values(outputs).flatMap((output) => {
    const list = isJsonObject(output) ? output["images"] : null;
    return Array.isArray(list) ? list.flatMap((one) => Image.safeParse(one).data ?? []) : [];
  });
  if (images.length === 0)
    throw new WireError("failed", "ended the workflow without an image: it needs a SaveImage or PreviewImage node");
  // what is saved counts for more than what is only shown on the way
  const saved = images.filter(({ type }) => type === "output");
  return saved.length > 0 ? saved : images;
}

function failureOf(messages: readonly (readonly [string, Record<string, unknown>])[]): string {
  for (const [name, data] of messages) {
    if (name === "execution_interrupted") return "was interrupted by somebody there";
    if (name !== "execution_error") continue;
    const said = String(data["exception_message"] ?? "")
      .trim()
      .replace(/\s+/gu, " ")
      .replace(/\.+$/u, "")
      .slice(0, 300);
    return `failed in ${String(data["node_type"] ?? "a node")}: ${said === "" ? "it does not say why" : said}`;
  }
  return "failed and does not say why";
}

/** Why a workflow was not taken: `{error: {message, details}, node_errors: {7: {class_type, errors: [{message, details}]}}}`. */
export function refusalOf(body: unknown): string | null {
  if (!isJsonObject(body)) return null;
  const nodes = isJsonObject(body["node_errors"]) ? Object.values(body["node_errors"]) : [];
  const words = nodes.flatMap((node) => {
    if (!isJsonObject(node) || !Array.isArray(node["errors"])) return [];
    return node["errors"].filter(isJsonObject).map(({ message, details }) => {
      const more = typeof details === "string" && details !== "" ? ` (${details})` : "";
      return `${String(node["class_type"])}: ${String(message)}${more}`;
    });
  });
  if (words.length > 0) return words.join("; ").slice(0, 300);
  const { error } = body;
  if (!isJsonObject(error)) return null;
  return [error["message"], error["details"]].filter(Boolean).join(": ").slice(0, 300);
}
