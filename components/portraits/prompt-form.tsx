"use client";

import { useId, type RefObject } from "react";
import { portraitsText as text } from "@/components/strings/portraits";
import { ApiErrorBlock } from "@/components/ui/api-error-block";
import { Button } from "@/components/ui/button";
import { Select } from "@/components/ui/input";
import { Segmented } from "@/components/ui/segmented";
import { useSettled } from "@/components/ui/use-settled";
import type { EngineView } from "@/lib/portraits/portrait-schemas";
import { InputPicture } from "./input-picture";
import { MoreSettings } from "./more-settings";
import { marksOf, orderText } from "./order-text";
import { PromptField } from "./prompt-field";
import { PromptReading } from "./prompt-reading";
import { PromptSettings } from "./prompt-settings";
import { seedOf, toOrder, type Prompt } from "./use-prompt";
import { usePlaceOrder, useReading } from "./use-portraits";

/** Words that are typed are asked about when the typing pauses. */
const pauseMs = 350;
/** More are chosen from a list. */
const mostSegments = 4;

type PromptFormProps = {
  face: string;
  tune: number;
  prompt: Prompt;
  engine: EngineView;
  engines: readonly EngineView[];
  fieldRef: RefObject<HTMLTextAreaElement | null>;
};

/** What the picture should show, how it is read, and the button that makes it. */
export function PromptForm({ face, tune, prompt, engine, engines, fieldRef }: PromptFormProps) {
  const { words, settings } = prompt;
  const id = useId();
  const order = usePlaceOrder(face);
  const { text: full, prefix } = orderText(words, tune, settings.likeness);
  const asked = useSettled(full, pauseMs);
  const reading = useReading({
    text: asked,
    negative_prompt: settings.negative,
    style: null,
    engine: engine.id,
    count: settings.count,
  });
  const marks = marksOf(reading.data, full, prefix);
  const seed = seedOf(settings.seed);
  const picture = engine.capabilities.input_image ? settings.picture : null;
  const hasWords = words.trim() !== "" || picture !== null;
  const canMake = hasWords && seed !== undefined && !order.isPending;

  const make = () => {
    if (!canMake || seed === undefined) return fieldRef.current?.focus();
    order.mutate({ tune, picture, order: toOrder(full, engine.id, settings, seed) });
  };

  return (
    <form
      className="grid grid-cols-[minmax(0,1fr)] gap-4"
      aria-labelledby={id}
      onSubmit={(event) => {
        event.preventDefault();
        make();
      }}
    >
      <div className="flex flex-wrap items-center justify-between gap-2">
        <h2 id={id}>{text.promptTitle}</h2>
        {engines.length > 1 ? <EngineChoice engines={engines} engine={engine} onChange={prompt.setEngineId} /> : null}
      </div>
      <Presets
        onPreset={(preset) => {
          prompt.setWords(preset);
          fieldRef.current?.focus();
        }}
      />
      <div className="grid grid-cols-[minmax(0,1fr)] gap-2">
        <PromptField
          value={words}
          marks={marks}
          labelledBy={id}
          describedBy={`${id}-reading`}
          inputRef={fieldRef}
          onChange={prompt.setWords}
          onSubmit={make}
        />
        <PromptReading
          id={`${id}-reading`}
          reading={words.trim() === "" ? undefined : reading.data}
          error={reading.error}
          onRetry={() => void reading.refetch()}
          engine={engine}
          others={engines.filter(({ capabilities }) => capabilities.text === "free")}
          count={settings.count}
        />
      </div>
      <PromptSettings prompt={prompt} />
      {engine.capabilities.input_image ? <InputPicture prompt={prompt} /> : null}
      <MoreSettings prompt={prompt} />
      {order.error ? <ApiErrorBlock title={text.orderFailed} error={order.error} /> : null}
      <div className="flex flex-wrap items-center gap-3">
        <Button type="submit" look="primary" size="big" disabled={!canMake} className="w-full mid:w-auto">
          {order.isPending
            ? text.making
            : text.make(settings.count, reading.data?.cost_usd ?? engine.cost_usd_per_image * settings.count)}
        </Button>
        <span className="text-2 text-ink-3">{engine.capabilities.seed ? text.sameSeed : text.otherSeed}</span>
      </div>
    </form>
  );
}

type EngineChoiceProps = { engines: readonly EngineView[]; engine: EngineView; onChange: (id: string) => void };

function EngineChoice({ engines, engine, onChange }: EngineChoiceProps) {
  const nameOf = ({ id, name }: EngineView): string => text.engineNames[id] ?? name;
  if (engines.length > mostSegments) {
    return (
      <Select
        aria-label={text.engine}
        className="w-auto max-w-full"
        value={engine.id}
        onChange={(event) => onChange(event.target.value)}
      >
        {engines.map((one) => (
          <option key={one.id} value={one.id}>
            {nameOf(one)}
          </option>
        ))}
      </Select>
    );
  }
  const segments = engines.map((one) => ({ value: one.id, label: nameOf(one) }));
  return <Segmented label={text.engine} value={engine.id} segments={segments} onChange={onChange} />;
}

function Presets({ onPreset }: { onPreset: (words: string) => void }) {
  return (
    <div role="group" aria-label={text.presets} className="flex flex-wrap items-center gap-2">
      {text.presetList.map(({ name, words }) => (
        <button
          key={name}
          type="button"
          onClick={() => onPreset(words)}
          className="inline-flex min-h-9 items-center rounded-full border border-line-2 bg-bg px-3 text-2 text-ink-2 hover:border-control-line hover:bg-sunk hover:text-ink wide:min-h-7"
        >
          {name}
        </button>
      ))}
    </div>
  );
}
