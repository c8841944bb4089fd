"use client";

import { useId, type ReactNode } from "react";
import { portraitsText as text } from "@/components/strings/portraits";
import { Input, Select } from "@/components/ui/input";
import { formatCount } from "@/lib/format";
import { highestSeed, mostImages } from "@/lib/portraits/prompt-schemas";
import type { TableLine } from "@/lib/portraits/portrait-schemas";
import { Likeness } from "./input-picture";
import { choose, chosenIn } from "./order-text";
import { seedOf, type Prompt, type Shape } from "./use-prompt";

const shapes = Object.entries(text.shapes) as [Shape, string][];
const counts = Array.from({ length: mostImages }, (_, index) => index + 1);

function Setting({ label, children }: { label: string; children: (id: string) => ReactNode }) {
  const id = useId();
  return (
    <div className="grid gap-1 mid:flex mid:items-center mid:gap-2">
      <label htmlFor={id} className="text-2 text-ink-3">
        {label}
      </label>
      {children(id)}
    </div>
  );
}

/** Scene and style as lists where the engine has a table, how many, their shape, the seed. */
export function PromptSettings({ prompt }: { prompt: Prompt }) {
  const { settings, change, engine, words, setWords } = prompt;
  const picture = engine?.capabilities.input_image ? settings.picture : null;
  const table = engine?.table ?? null;
  return (
    <div className="grid grid-cols-2 gap-x-4 gap-y-3 mid:flex mid:flex-wrap mid:items-center mid:gap-x-5">
      {table && picture === null ? (
        <Lines label={text.scene} lines={table.scenes} words={words} onWords={setWords} />
      ) : null}
      {table ? <Lines label={text.style} lines={table.styles} words={words} onWords={setWords} /> : null}
      <Setting label={text.count}>
        {(id) => (
          <Select
            id={id}
            className="mid:w-auto"
            value={settings.count}
            onChange={(event) => change({ count: Number(event.target.value) })}
          >
            {counts.map((count) => (
              <option key={count} value={count}>
                {formatCount(count)}
              </option>
            ))}
          </Select>
        )}
      </Setting>
      {picture === null ? <ShapeChoice prompt={prompt} /> : null}
      <Seed prompt={prompt} />
      {engine?.capabilities.text === "free" && picture === null ? (
        <Likeness value={settings.likeness} onChange={(likeness) => change({ likeness })} />
      ) : null}
    </div>
  );
}

/** Of a picture that gets the face, the shape stays as it is. */
function ShapeChoice({ prompt: { settings, change } }: { prompt: Prompt }) {
  return (
    <Setting label={text.shape}>
      {(id) => (
        <Select
          id={id}
          className="mid:w-auto"
          value={settings.shape}
          onChange={(event) => change({ shape: shapes.find(([shape]) => shape === event.target.value)?.[0] ?? "4:5" })}
        >
          {shapes.map(([shape, label]) => (
            <option key={shape} value={shape}>
              {label}
            </option>
          ))}
        </Select>
      )}
    </Setting>
  );
}

type LinesProps = {
  label: string;
  lines: readonly TableLine[];
  words: string;
  onWords: (words: string) => void;
};

/** What the words ask for, as a list; choosing from it changes the words, so that both always say the same. */
function Lines({ label, lines, words, onWords }: LinesProps) {
  return (
    <Setting label={label}>
      {(id) => (
        <Select
          id={id}
          className="mid:w-auto mid:max-w-40"
          value={chosenIn(words, lines)}
          onChange={(event) => onWords(choose(words, lines, event.target.value))}
        >
          <option value="">{text.anyLine}</option>
          {lines.map(({ name }) => (
            <option key={name}>{name}</option>
          ))}
        </Select>
      )}
    </Setting>
  );
}

function Seed({ prompt: { settings, change } }: { prompt: Prompt }) {
  const isWrong = seedOf(settings.seed) === undefined;
  return (
    <Setting label={text.seed}>
      {(id) => (
        <>
          <Input
            id={id}
            inputMode="numeric"
            autoComplete="off"
            maxLength={12}
            value={settings.seed}
            placeholder={text.seedAny}
            aria-invalid={isWrong || undefined}
            aria-describedby={isWrong ? `${id}-note` : undefined}
            onChange={(event) => change({ seed: event.target.value })}
            className="num mid:w-28"
          />
          {isWrong ? (
            <span id={`${id}-note`} className="text-1 text-danger">
              {text.seedWrong(highestSeed)}
            </span>
          ) : null}
        </>
      )}
    </Setting>
  );
}
