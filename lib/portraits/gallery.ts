import { z } from "zod";

/** The base model of Astria's own examples; here its number stands for the engines of this installation. */
const baseTune = 690204;
const modelName = "studio";
const title = "Portrait studio of this installation";
const cacheSeconds = 86_400;

/** A base model, with the fields that Astria's clients show. */
export const GalleryTune = z.object({
  id: z.number().int(),
  title: z.string(),
  name: z.string().nullable(),
  branch: z.string().nullable(),
  model_type: z.string().nullable(),
  orig_images: z.array(z.string()),
});
export type GalleryTune = z.infer<typeof GalleryTune>;

/** What Astria's command line reads of a server before anything else, and keeps for `cache_ttl` seconds. */
export const CliModels = z.object({
  cache_ttl: z.number().int(),
  default: z.string(),
  models: z.record(z.string(), z.object({ tune_id: z.string(), title: z.string(), resolutions: z.array(z.string()) })),
  default_video_model: z.string().nullable(),
  video_models: z.record(z.string(), z.unknown()),
  cli: z.record(z.string(), z.unknown()),
  skills: z.record(z.string(), z.unknown()),
});
export type CliModels = z.infer<typeof CliModels>;

/** `GET /gallery/tunes`: nobody's photos are public here, so there are base models alone. */
export function galleryTunes(query: URLSearchParams): GalleryTune[] {
  const base = { id: baseTune, title, name: null, branch: modelName, model_type: null, orig_images: [] };
  const isWanted = ["model_type", "branch"].every((field) => {
    const asked = query.get(field);
    return asked === null || asked === "" || asked === base[field as "branch"];
  });
  return isWanted ? [base] : [];
}

/** `GET /cli/models`. */
export function cliModels(): CliModels {
  return {
    cache_ttl: cacheSeconds,
    default: modelName,
    models: { [modelName]: { tune_id: String(baseTune), title, resolutions: [] } },
    default_video_model: null,
    video_models: {},
    cli: {},
    skills: {},
  };
}
