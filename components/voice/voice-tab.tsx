"use client";

import Link from "next/link";
import { Fingerprint } from "@/components/fingerprint/fingerprint";
import { voiceText } from "@/components/strings/voice";
import { ApiErrorBlock } from "@/components/ui/api-error-block";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { Skeleton } from "@/components/ui/skeleton";
import type { SpokenVoice } from "@/lib/compile/schemas";
import type { FaceView } from "@/lib/faces/schemas";
import { RepeatedWords } from "./repeated-words";
import { SaidLines } from "./said-lines";
import { ToldInChat } from "./told-in-chat";
import { useVoice } from "./use-voice";
import { VoiceHabits } from "./voice-habits";

/** How a face speaks, measured over its own turns: its habits, its lines by situation, and what chat makes of it. */
export function VoiceTab({ face }: { face: FaceView }) {
  const voice = useVoice(face.username);
  if (voice.error)
    return <ApiErrorBlock title={voiceText.failed} error={voice.error} onRetry={() => void voice.refetch()} />;
  if (voice.isPending) return <LoadingVoice />;
  if (voice.data === null) return <NoVoice face={face} />;
  return <LoadedVoice face={face} voice={voice.data} />;
}

function LoadedVoice({ face, voice }: { face: FaceView; voice: SpokenVoice }) {
  const name = face.name ?? face.username;
  return (
    <div className="grid gap-8">
      <p className="measure text-ink-2">
        {voiceText.measured(name, voice.turns, voice.words, voice.threads)}
        {voice.other_turns > 0 ? voiceText.besideOthers(voice.other_turns) : voiceText.alone}
      </p>
      <div className="grid items-start gap-10 wide:grid-cols-[minmax(0,1fr)_400px]">
        <div className="grid min-w-0 gap-10">
          <SaidLines voice={voice} face={face} />
          <RepeatedWords voice={voice} />
        </div>
        <div className="grid min-w-0 gap-10">
          <ToldInChat told={voice.told} />
          <VoiceHabits voice={voice} name={name} />
        </div>
      </div>
    </div>
  );
}

function NoVoice({ face }: { face: FaceView }) {
  return (
    <EmptyState
      figure={<Fingerprint data={{}} size={96} title={voiceText.emptyFigure} />}
      title={voiceText.emptyTitle}
      action={
        face.is_sample || face.formula ? undefined : (
          <Button asChild>
            <Link href={`/faces/${face.username}?tab=sources`}>{voiceText.emptyAction}</Link>
          </Button>
        )
      }
    >
      {voiceText.empty(face.name ?? face.username)}
    </EmptyState>
  );
}

function LoadingVoice() {
  return (
    <div role="status" aria-label={voiceText.loading} className="grid gap-8">
      <Skeleton className="w-2/3" />
      <div className="grid gap-10 wide:grid-cols-[minmax(0,1fr)_400px]">
        <div className="grid content-start gap-6">
          {[1, 2, 3, 4].map((row) => (
            <Skeleton key={row} className="h-10 w-full" />
          ))}
        </div>
        <Skeleton className="h-80 w-full" />
      </div>
    </div>
  );
}
