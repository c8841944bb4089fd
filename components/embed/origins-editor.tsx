"use client";

import { X } from "lucide-react";
import { useRef, useState, type FormEvent } from "react";
import { embedText } from "@/components/strings/embed";
import { Button } from "@/components/ui/button";
import { Chip } from "@/components/ui/chip";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { SiteOrigin } from "@/lib/embed/schemas";

/** The sites that may show the page in a frame. What is typed is checked as the server and browsers check it. */
export function OriginsEditor({ origins, onChange }: { origins: string[]; onChange: (origins: string[]) => void }) {
  const [text, setText] = useState("");
  const [problem, setProblem] = useState<string | null>(null);
  const input = useRef<HTMLInputElement>(null);

  function add(event: FormEvent) {
    event.preventDefault();
    if (text.trim() === "") return;
    const { data: origin, error } = SiteOrigin.safeParse(text);
    if (origin === undefined) return setProblem(embedText.originProblem(error.issues[0]?.message ?? ""));
    if (origins.includes(origin)) return setProblem(embedText.originTwice);
    setText("");
    setProblem(null);
    onChange([...origins, origin]);
  }

  function remove(origin: string) {
    onChange(origins.filter((each) => each !== origin));
    input.current?.focus();
  }

  return (
    <>
      {origins.length === 0 ? (
        <p className="text-2 text-ink-3">{embedText.noOrigins}</p>
      ) : (
        <ul className="flex flex-wrap gap-2">
          {origins.map((origin) => (
            <li key={origin} className="max-w-full">
              <Chip className="max-w-full pr-0.5 font-mono">
                <span className="truncate">{origin}</span>
                <button
                  type="button"
                  aria-label={embedText.removeOrigin(origin)}
                  onClick={() => remove(origin)}
                  className="grid size-6 shrink-0 place-items-center rounded-1 text-ink-3 hover:text-ink"
                >
                  <X size={12} strokeWidth={1.75} aria-hidden />
                </button>
              </Chip>
            </li>
          ))}
        </ul>
      )}
      <form onSubmit={add} noValidate>
        <Field label={embedText.addOrigin} hint={embedText.originsHint} error={problem}>
          {(control) => (
            <div className="flex gap-2">
              <Input
                {...control}
                ref={input}
                value={text}
                inputMode="url"
                autoCapitalize="off"
                spellCheck={false}
                placeholder={embedText.originPlaceholder}
                onChange={(event) => {
                  setText(event.target.value);
                  setProblem(null);
                }}
                className="font-mono"
              />
              <Button type="submit">{embedText.add}</Button>
            </div>
          )}
        </Field>
      </form>
    </>
  );
}
