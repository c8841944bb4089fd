import Link from "next/link";
import { Fragment } from "react";
import { faceText } from "@/components/strings/face";
import { joined } from "@/components/strings/faces";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { ChangeFormulaButton } from "@/components/faces/change-formula-button";
import { FaceFingerprint } from "@/components/faces/face-fingerprint";
import type { FaceView } from "@/lib/faces/schemas";

const nameOf = ({ name, username }: { name: string | null; username: string }): string => name ?? username;

/** What a composite is made of: its formula, in which each part leads to its face. */
export function FormulaLine({ face }: { face: FaceView }) {
  const byName = new Map(face.parts.map((part) => [part.username, part]));
  return (
    <span className="font-mono text-ink-2 [overflow-wrap:anywhere]">
      {(face.formula ?? "").split(/([\s()]+)/).map((word, index) => {
        const part = byName.get(word);
        return part ? (
          <Link key={index} href={`/faces/${part.username}`} title={nameOf(part)} className="link">
            {word}
          </Link>
        ) : (
          <Fragment key={index}>{word}</Fragment>
        );
      })}
    </span>
  );
}

/** Instead of sources: a composite has those of its parts. */
export function SourcesOfParts({ face }: { face: FaceView }) {
  return (
    <EmptyState
      figure={<FaceFingerprint face={face} size={96} />}
      title={faceText.noOwnTexts(nameOf(face))}
      action={
        <div className="flex flex-wrap justify-center gap-2">
          {face.parts.map((part) => (
            <Button key={part.id} asChild>
              <Link href={`/faces/${part.username}?tab=sources`}>{faceText.sourcesOf(nameOf(part))}</Link>
            </Button>
          ))}
        </div>
      }
    >
      {faceText.textsBelong(joined(face.parts.map(nameOf)))}
    </EmptyState>
  );
}

/** Under Facts: what the face is made of, and that it changes with it. */
export function MadeOf({ face }: { face: FaceView }) {
  return (
    <section aria-label={faceText.madeOf} className="grid gap-1">
      <h2 className="text-2">{faceText.formula}</h2>
      <p className="text-2">
        <FormulaLine face={face} />
      </p>
      <p className="text-1 text-ink-3">{faceText.follows(joined(face.parts.map(nameOf)))}</p>
      <div className="mt-1">
        <ChangeFormulaButton face={face} />
      </div>
    </section>
  );
}
