"use client";

import { useCallback, useState } from "react";
import { useDraft } from "@/components/ui/use-draft";
import { highestSeed } from "@/lib/portraits/prompt-schemas";
import type { EngineView, OrderInput } from "@/lib/portraits/portrait-schemas";

export type Shape = "4:5" | "1:1" | "3:4" | "2:3" | "3:2";

/** What is asked for besides the words. */
export type Settings = {
  count: number;
  shape: Shape;
  /** as it is typed; "" is any */
  seed: string;
  likeness: number;
  negative: string;
  isUpscaled: boolean;
  isCorrected: boolean;
  /** what gets the face, instead of a scene */
  picture: File | null;
};

const usual: Settings = {
  count: 2,
  shape: "4:5",
  seed: "",
  likeness: 1,
  negative: "",
  isUpscaled: false,
  isCorrected: false,
  picture: null,
};

/** An order that is being written. Its words survive a reload. @param face username */
export function usePrompt(face: string, engines: readonly EngineView[]) {
  const [words, setWords] = useDraft(`portrait.${face}`);
  const [engineId, setEngineId] = useDraft(`portrait-engine.${face}`);
  const [settings, setSettings] = useState(usual);
  const engine =
    engines.find(({ id }) => id === engineId) ?? engines.find(({ is_default }) => is_default) ?? engines[0];
  const change = useCallback((fields: Partial<Settings>) => setSettings((before) => ({ ...before, ...fields })), []);
  return {
    words,
    setWords,
    engine,
    setEngineId,
    settings,
    change,
  };
}

export type Prompt = ReturnType<typeof usePrompt>;

/** The seed that was typed: a number, null for any, or undefined when it is none. */
export function seedOf(typed: string): number | null | undefined {
  const text = typed.trim();
  if (text === "") return null;
  if (!/^\d{1,10}$/u.test(text)) return undefined;
  const seed = Number(text);
  return seed <= highestSeed ? seed : undefined;
}

/** An order as it is sent. @param seed null: any */
export function toOrder(text: string, engine: string, settings: Settings, seed: number | null): OrderInput {
  const order: OrderInput = {
    text,
    negative_prompt: settings.negative,
    engine,
    num_images: settings.count,
    aspect_ratio: settings.shape,
    super_resolution: settings.isUpscaled,
    face_correct: settings.isCorrected,
  };
  return seed === null ? order : { ...order, seed };
}
