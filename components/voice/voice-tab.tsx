"use client";

import Link from "next/link";
import { ApiErrorBlock } from "@/components/ui/api-error-block";
import { Button } from "@/components/ui/button";
import { Chip } from "@/components/ui/chip";
import { EmptyState } from "@/components/ui/empty-state";
import { Fingerprint } from "@/components/fingerprint/fingerprint";
import { Skeleton } from "@/components/ui/skeleton";
import { cn } from "@/components/ui/cn";
import type { FaceView } from "@/lib/faces/schemas";
import { countOf } from "@/lib/format";
import { useVoice } from "./use-voice";
import { voiceFigures } from "./voice-figures";
import type { Listed, Voice } from "@/lib/compile/schemas";

/** How a face speaks, measured over its own turns: its lines by situation, its words, its habits. */
export function VoiceTab({ face }: { face: FaceView }) {
  const voice = useVoice(face.username);
  if (voice.error)
    return (
      <ApiErrorBlock title="The voice could not be loaded" error={voice.error} onRetry={() => void voice.refetch()} />
    );
  if (voice.isPending) return <LoadingVoice />;
  if (voice.data === null) return <NoVoice face={face} />;
  return <LoadedVoice face={face} voice={voice.data} />;
}

function LoadedVoice({ face, voice }: { face: FaceView; voice: Voice }) {
  const name = face.name ?? face.username;
  return (
    <div className="grid items-start gap-10 wide:grid-cols-[minmax(0,1fr)_400px]">
      <div className="grid min-w-0 gap-10">
        <p className="measure text-ink-2">
          Measured over {countOf(voice.turns, "turn")} and {countOf(voice.words, "word")} of {name} in{" "}
          {countOf(voice.threads, "conversation")}
          {voice.other_turns > 0 ? `, beside ${countOf(voice.other_turns, "turn")} of the others in them` : ""}. In chat
          the face is told what sets it apart.
        </p>
        <Lines voice={voice} face={face} />
        <Words title="Openers" list={voice.openers} />
        <Words title="Closers" list={voice.closers} />
        <Words title="Phrases" list={voice.phrases} />
        <Words title="Favourite words" list={voice.favourite_words} />
        <Words title="Hedges" list={voice.hedges_per_1000.list} />
        <Words title="Intensifiers" list={voice.intensifiers_per_1000.list} />
        <Words title="Emoji" list={voice.emoji} />
      </div>
      <Figures voice={voice} name={name} />
    </div>
  );
}

function Lines({ voice, face }: { voice: Voice; face: FaceView }) {
  const situations = [...new Set(voice.exemplars.map((line) => line.situation))];
  if (situations.length === 0) return null;
  return (
    <section aria-labelledby="voice-lines" className="grid gap-3">
      <h2 id="voice-lines">Lines as they were said</h2>
      <dl className="border-y border-line">
        {situations.map((situation) => (
          <div
            key={situation}
            className="grid gap-x-4 gap-y-1 border-t border-line py-3 first:border-t-0 mid:grid-cols-[112px_minmax(0,1fr)]"
          >
            <dt className="text-2 text-ink-3">{situation.charAt(0).toUpperCase() + situation.slice(1)}</dt>
            <dd className="grid gap-2">
              {voice.exemplars
                .filter((line) => line.situation === situation)
                .map((line) => (
                  <Link
                    key={`${line.document_id} ${line.start}`}
                    href={`/faces/${face.username}?tab=primitives&document=${line.document_id}`}
                    className="quote measure text-ink no-underline hover:underline"
                  >
                    {line.text}
                  </Link>
                ))}
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

function Words({ title, list }: { title: string; list: { text: string; count: number }[] | Listed }) {
  if (list.length === 0) return null;
  return (
    <section className="grid gap-2">
      <h2>{title}</h2>
      <ul className="flex flex-wrap gap-2">
        {list.map(({ text, count }) => (
          <li key={text}>
            <Chip>
              <span className="quote text-2">{text}</span>
              <span className="num text-ink-3">{count}</span>
            </Chip>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Figures({ voice, name }: { voice: Voice; name: string }) {
  const hasOthers = voice.other_turns > 0;
  const groups = voiceFigures(voice);
  return (
    <section aria-labelledby="voice-figures" className="grid gap-2">
      <h2 id="voice-figures">Habits</h2>
      <table className="w-full text-2">
        <thead className="text-ink-3">
          <tr>
            <th scope="col" className="py-1.5 text-left font-text">
              <span className="sr-only">Habit</span>
            </th>
            <th scope="col" className="py-1.5 text-right font-text">
              {name}
            </th>
            {hasOthers ? (
              <th scope="col" className="w-18 py-1.5 text-right font-text">
                Others
              </th>
            ) : null}
          </tr>
        </thead>
        {groups.map((group) => (
          <tbody key={group.title}>
            <tr>
              <th scope="rowgroup" colSpan={3} className="border-t border-line pt-3 pb-1 text-left text-1 text-ink-3">
                {group.title}
              </th>
            </tr>
            {group.figures.map((figure) => (
              <tr key={figure.label}>
                <th scope="row" className="py-1 pr-3 text-left font-text text-ink-2">
                  {figure.label}
                </th>
                <td className={cn("num py-1 text-right", figure.isTelling && "font-strong")}>
                  {figure.own}
                  {figure.isTelling ? <span className="sr-only">, clearly different</span> : null}
                </td>
                {hasOthers ? <td className="num py-1 text-right text-ink-3">{figure.others ?? ""}</td> : null}
              </tr>
            ))}
          </tbody>
        ))}
      </table>
      {hasOthers ? <p className="text-1 text-ink-3">Bold is further from the others than chance explains.</p> : null}
    </section>
  );
}

function NoVoice({ face }: { face: FaceView }) {
  return (
    <EmptyState
      figure={<Fingerprint data={{}} size={96} title="An empty fingerprint" />}
      title="No voice yet"
      action={
        face.is_sample ? undefined : (
          <Button asChild>
            <Link href={`/faces/${face.username}?tab=sources`}>Add a conversation</Link>
          </Button>
        )
      }
    >
      How {face.name ?? face.username} speaks is measured in conversations: an export of a chat, or lines of “Name:
      text”.
    </EmptyState>
  );
}

function LoadingVoice() {
  return (
    <div role="status" aria-label="Loading the voice" className="grid gap-4 py-2">
      <Skeleton className="w-2/3" />
      <Skeleton className="w-1/2" />
      <Skeleton className="w-3/5" />
    </div>
  );
}
