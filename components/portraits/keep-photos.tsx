"use client";

import { useId, useRef, useState } from "react";
import { portraitsText as text } from "@/components/strings/portraits";
import { ApiErrorBlock } from "@/components/ui/api-error-block";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { toast } from "@/components/ui/toast";
import type { FaceView } from "@/lib/faces/schemas";
import type { TuneDetail } from "@/lib/portraits/tune-schemas";
import type { Candidates } from "./use-candidates";
import { useAddPhotos, useCreateTune } from "./use-tunes";

type KeepPhotosProps = {
  face: FaceView;
  candidates: Candidates;
  /** with the number of the new set */
  onKept: (tune: string) => void;
};

/** The first photos of a person: who it is, and that they agree. What is ticked is recorded word for word. */
export function KeepPhotos({ face, candidates, onKept }: KeepPhotosProps) {
  const [who, setWho] = useState(face.name ?? face.username);
  const [hasAgreed, setHasAgreed] = useState(false);
  const [missing, setMissing] = useState<"who" | "consent" | null>(null);
  const create = useCreateTune();
  const boxId = useId();
  const nameField = useRef<HTMLInputElement>(null);
  const box = useRef<HTMLInputElement>(null);
  const { good } = candidates;
  const name = who.trim();
  const words = name === "" ? text.consentBoxNobody : text.consentBox(name);

  const keep = () => {
    const wrong = name === "" ? "who" : hasAgreed ? null : "consent";
    setMissing(wrong);
    if (wrong !== null) return (wrong === "who" ? nameField : box).current?.focus();
    create.mutate(
      { face: face.username, title: name, consent: words, files: good.map(({ file }) => file) },
      {
        onSuccess: ({ id }) => {
          candidates.clearGood();
          toast(text.kept(good.length));
          onKept(String(id));
        },
      },
    );
  };

  return (
    <form
      aria-label={text.consent}
      className="grid gap-3"
      onSubmit={(event) => {
        event.preventDefault();
        if (good.length > 0 && !create.isPending) keep();
      }}
    >
      <Field label={text.consentWho} error={missing === "who" ? text.consentWhoMissing : null}>
        {(control) => (
          <Input
            {...control}
            ref={nameField}
            value={who}
            maxLength={120}
            onChange={(event) => setWho(event.target.value)}
          />
        )}
      </Field>
      <div className="grid gap-1">
        <label htmlFor={boxId} className="flex items-start gap-2 text-2">
          <input
            ref={box}
            id={boxId}
            type="checkbox"
            checked={hasAgreed}
            aria-describedby={`${boxId}-note`}
            aria-invalid={missing === "consent" && !hasAgreed ? true : undefined}
            onChange={(event) => setHasAgreed(event.target.checked)}
            className="mt-0.5 size-4 shrink-0 accent-(--accent)"
          />
          {words}
        </label>
        <p
          id={`${boxId}-note`}
          className={missing === "consent" && !hasAgreed ? "text-1 text-danger" : "text-1 text-ink-3"}
        >
          {missing === "consent" && !hasAgreed ? text.consentMissing : text.consentNote}
        </p>
      </div>
      {create.error ? <ApiErrorBlock title={text.keepFailed} error={create.error} /> : null}
      <Button
        type="submit"
        look="primary"
        disabled={good.length === 0 || create.isPending}
        className="justify-self-start"
      >
        {create.isPending ? text.keeping : text.keep(Math.max(1, good.length))}
      </Button>
    </form>
  );
}

/** More photos of somebody who has agreed already. */
export function AddPhotos({ tune, candidates }: { tune: TuneDetail; candidates: Candidates }) {
  const add = useAddPhotos(tune.id);
  const { good } = candidates;
  return (
    <div className="grid gap-3">
      {add.error ? <ApiErrorBlock title={text.keepFailed} error={add.error} /> : null}
      <Button
        look="primary"
        disabled={good.length === 0 || add.isPending}
        className="justify-self-start"
        onClick={() =>
          add.mutate(
            good.map(({ file }) => file),
            {
              onSuccess: () => {
                candidates.clearGood();
                toast(text.kept(good.length));
              },
            },
          )
        }
      >
        {add.isPending ? text.keeping : text.add(Math.max(1, good.length))}
      </Button>
    </div>
  );
}
