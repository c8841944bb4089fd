import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { z } from "zod";
import { jsonSetting } from "./json-setting";

/** Whose wire a portrait model speaks: the part of its id before the first slash; anything else is a model server. */
export const imageProviders = ["openai", "google", "fal", "replicate"] as const;
export type ImageProvider = (typeof imageProviders)[number];

/** A model that makes images of a person from photos and a text. */
export const PortraitModel = z.strictObject({
  /** provider/model, as in openai/gpt-image-1 and fal/fal-ai/flux-pro/kontext; or one of MODEL_SERVERS/model */
  id: z.string().regex(/^[a-z0-9-]+\/[^\s/]\S*$/u, "must look like openai/gpt-image-1"),
  /** as people read it; its id when left out */
  name: z.string().trim().min(1).max(80).optional(),
  /** what one image costs you; nobody would be charged without it */
  usd_per_image: z.number().nonnegative().max(100),
  /** photos of each person that are sent, at most */
  photos: z.int().min(1).max(10).default(4),
  /** of fal and Replicate: the input that takes the photos, `image_url`, or `image_urls[]` for a list of them */
  photo_field: z
    .string()
    .regex(/^[A-Za-z_]\w*(?:\[\])?$/u, "must look like image_url, or image_urls[] for a list")
    .optional(),
  /** whether it takes a mask; left out, only OpenAI's and model servers do */
  mask: z.boolean().optional(),
  /** sent with every request as it is, as in {"quality":"high"} */
  options: z.record(z.string().min(1), z.json()).default({}),
});
export type PortraitModel = z.infer<typeof PortraitModel>;

const PortraitModels = z.array(PortraitModel).check((context) => {
  const ids = context.value.map(({ id }) => id.toLowerCase());
  const twice = ids.find((id, index) => ids.indexOf(id) !== index);
  if (twice === undefined) return;
  context.issues.push({ code: "custom", message: `names ${twice} twice`, input: context.value });
});

/** PORTRAIT_MODELS: a list as JSON. */
export const portraitModels = jsonSetting("[]", "is not JSON").pipe(PortraitModels);

const Node = z.looseObject({ class_type: z.string().min(1), inputs: z.record(z.string(), z.json()) });

/** What ComfyUI's "Export (API)" writes: nodes by their numbers. */
export const Workflow = z.record(z.string(), Node).refine((nodes) => Object.keys(nodes).length > 0, "holds no node");
export type Workflow = z.infer<typeof Workflow>;

/** What a workflow must and must not have a place for, and why. */
type WorkflowRule = { slot: string; has: boolean; why: string };

const someone: WorkflowRule = { slot: "photo_1", has: true, why: "nobody would be in its images" };
const nothingToChange: WorkflowRule = { slot: "input", has: false, why: "that is for COMFYUI_EDIT_WORKFLOW" };
const somethingToChange: WorkflowRule = { slot: "input", has: true, why: "that is what it would change" };

/** COMFYUI_WORKFLOW: a file as ComfyUI exports it for its API, with places for what an order brings; read once. */
export const workflowFile = workflowWith(someone, nothingToChange);

/** COMFYUI_EDIT_WORKFLOW: the same for orders that change an image. */
export const editWorkflowFile = workflowWith(someone, somethingToChange);

function workflowWith(...rules: WorkflowRule[]) {
  return z
    .string()
    .trim()
    .transform((path, context) => {
      if (path === "") return undefined;
      const read = readWorkflow(path, rules);
      if (typeof read !== "string") return read;
      context.addIssue({ code: "custom", message: `${resolve(path)} ${read}` });
      return z.NEVER;
    })
    .optional();
}

/** @returns the workflow, or what is wrong with the file */
function readWorkflow(path: string, rules: readonly WorkflowRule[]): Workflow | string {
  let text: string;
  let json: unknown;
  try {
    text = readFileSync(path, "utf8");
    json = JSON.parse(text);
  } catch (error) {
    return error instanceof SyntaxError ? "is not JSON" : `cannot be read (${String(error)})`;
  }
  const workflow = Workflow.safeParse(json);
  if (!workflow.success) return "is no workflow: in ComfyUI choose Workflow, Export (API)";
  const broken = rules.find(({ slot, has }) => text.includes(`{{${slot}}}`) !== has);
  if (broken === undefined) return workflow.data;
  return `has ${broken.has ? "no" : "a"} place {{${broken.slot}}}: ${broken.why}`;
}
