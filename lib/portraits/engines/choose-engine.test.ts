import { describe, expect, test } from "vitest";
import { type Env, parseEnv } from "@/lib/env";
import { InvalidInputError } from "@/lib/errors";
import { engines } from "../engines";
import { chooseEngine, type EngineWish } from "./choose-engine";

const plain = parseEnv({});
const full = parseEnv({
  OPENAI_API_KEY: "sk",
  FAL_API_KEY: "fk",
  ASTRIA_API_KEY: "sd",
  ASTRIA_USD_PER_IMAGE: "0.03",
  COMFYUI_URL: "http://10.0.0.5:8188",
  COMFYUI_WORKFLOW: "public/comfyui-workflow.json",
  PORTRAIT_ENGINE: "Astria",
  PORTRAIT_MODELS: JSON.stringify([
    { id: "openai/gpt-image-1", usd_per_image: 0.25, name: "GPT Image" },
    { id: "fal/fal-ai/flux-pro/kontext", usd_per_image: 0.04 },
  ]),
});

const wish = (more: Partial<EngineWish>): EngineWish => ({
  engine: null,
  people: 1,
  hasInputImage: false,
  hasMask: false,
  ...more,
});
const refusal = (more: Partial<EngineWish>, settings: Env): InvalidInputError => {
  try {
    chooseEngine(wish(more), settings);
  } catch (error) {
    if (error instanceof InvalidInputError) return error;
  }
  throw new Error("It was not refused.");
};

test("the studio is always there, the rest in the order of the settings", () => {
  expect(engines(plain).map(({ id }) => id)).toEqual(["studio"]);
  expect(
    engines(full)
      .map(({ id, name }) => [id, name])
      .slice(1),
  ).toEqual([
    ["astria", "Astria"],
    ["comfyui", "ComfyUI"],
    ["openai/gpt-image-1", "GPT Image"],
    ["fal/fal-ai/flux-pro/kontext", "fal/fal-ai/flux-pro/kontext"],
  ]);
  // made once: each holds its connections
  expect(engines(full)).toBe(engines(full));
});

test("an order that names none gets the installation's, whatever the capitals", () => {
  expect(chooseEngine(wish({}), plain).id).toBe("studio");
  expect(chooseEngine(wish({ engine: " " }), full).id).toBe("astria");
  expect(chooseEngine(wish({ engine: "OpenAI/GPT-image-1" }), full).id).toBe("openai/gpt-image-1");
});

describe("a refusal names what there is", () => {
  test("for a name that nobody knows, and one that is not configured", () => {
    expect(refusal({ engine: "dall-e" }, plain)).toMatchObject({
      param: "engine",
      message: "There is no engine dall-e here. Available: studio.",
    });
    expect(refusal({ engine: "astria" }, plain).message).toBe(
      "astria is not configured on this installation. Available: studio.",
    );
    expect(refusal({ engine: "openai/gpt-9" }, full).message).toMatch(
      /^openai\/gpt-9 is not configured .* Available: studio, astria,/u,
    );
  });

  test("for what an engine cannot do", () => {
    const fal = "fal/fal-ai/flux-pro/kontext";
    expect(refusal({ engine: "comfyui", people: 2 }, full)).toMatchObject({
      param: "text",
      message: "ComfyUI makes images of one person and the text names 2. These do: studio, astria, openai/gpt-image-1.",
    });
    expect(refusal({ engine: fal, hasInputImage: true }, full)).toMatchObject({
      param: "input_image",
      message: `${fal} changes no images. These do: studio, astria, openai/gpt-image-1.`,
    });
    expect(refusal({ engine: "openai/gpt-image-1", people: 5 }, full).message).toBe(
      "GPT Image makes images of four people and the text names 5.",
    );
  });
});

describe("settings that cannot work are told at the start", () => {
  test.each([
    [{ PORTRAIT_ENGINE: "astria" }, /PORTRAIT_ENGINE: astria is not configured; there is studio/u],
    [{ ASTRIA_API_KEY: "sd" }, /ASTRIA_USD_PER_IMAGE: say what an image costs/u],
    [{ PORTRAIT_MODELS: "nonsense" }, /PORTRAIT_MODELS: is not JSON/u],
    [{ PORTRAIT_MODELS: '[{"id":"openai/x"}]' }, /PORTRAIT_MODELS\.0\.usd_per_image: /u],
    [{ PORTRAIT_MODELS: '[{"id":"openai/x","usd_per_image":1}]' }, /openai\/x needs OPENAI_API_KEY/u],
    [
      { PORTRAIT_MODELS: '[{"id":"box/x","usd_per_image":1}]' },
      /box\/x: box is none of openai, google, fal, replicate/u,
    ],
    [{ PORTRAIT_MODELS: '[{"id":"gpt","usd_per_image":1}]' }, /must look like openai\/gpt-image-1/u],
    [
      {
        OPENAI_API_KEY: "k",
        PORTRAIT_MODELS: '[{"id":"openai/x","usd_per_image":1},{"id":"openai/X","usd_per_image":1}]',
      },
      /names openai\/x twice/u,
    ],
    [{ COMFYUI_URL: "http://x:1" }, /COMFYUI_URL and COMFYUI_WORKFLOW belong together/u],
  ])("%j", (settings, message) => {
    expect(() => parseEnv(settings as Record<string, string>)).toThrow(message);
  });
});
