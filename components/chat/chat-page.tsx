"use client";

import Link from "next/link";
import { FaceProblem } from "@/components/face/face-problem";
import { FaceFingerprint } from "@/components/faces/face-fingerprint";
import { useFace } from "@/components/faces/use-faces";
import { sumOf } from "@/components/fingerprint/components";
import { Column } from "@/components/shell/app-shell";
import { Button } from "@/components/ui/button";
import { cn } from "@/components/ui/cn";
import { useUrlState } from "@/components/ui/use-url-state";
import { countOf } from "@/lib/format";
import type { FaceView } from "@/lib/faces/schemas";
import { Composer } from "./composer";
import { ModelPicker } from "./model-picker";
import { TracePanel } from "./trace-panel";
import { Thread } from "./thread";
import { useConversation } from "./use-conversation";
import { useModels } from "./use-models";

export function ChatPage({ username }: { username: string }) {
  const face = useFace(username);
  if (face.data) return <Chat face={face.data} />;
  if (!face.error) return null;
  return (
    <Column>
      <FaceProblem error={face.error} onRetry={() => void face.refetch()} />
    </Column>
  );
}

function Chat({ face }: { face: FaceView }) {
  const models = useModels();
  const [asked, setModel] = useUrlState("model");
  const [trace, setTrace] = useUrlState("why");
  const model = asked || face.default_model || (models.data?.find((candidate) => candidate.is_default)?.id ?? "");
  const isQuoting = models.data?.find((candidate) => candidate.id === model)?.is_language_model === false;
  const conversation = useConversation(face.id, asked ? `${face.username}@${asked}` : face.username);
  const name = face.name ?? face.username;

  return (
    <div
      className={cn(
        "grid h-[calc(100dvh-52px)] grid-cols-[minmax(0,1fr)] wide:h-dvh",
        trace && "wide:grid-cols-[minmax(0,1fr)_376px]",
      )}
    >
      <section aria-label={`Conversation with ${name}`} className="flex min-h-0 min-w-0 flex-col">
        <header className="flex min-h-14 items-center gap-2 border-b border-line px-4">
          <FaceFingerprint face={face} size={32} />
          <div className="mr-auto min-w-0">
            <h1 className="truncate text-2 leading-5 font-strong tracking-normal">
              <Link
                href={`/faces/${face.username}`}
                className="inline-block py-0.5 text-ink no-underline hover:underline"
              >
                {name}
              </Link>
            </h1>
            <p className="num truncate text-1 text-ink-3">
              {countOf(sumOf(face.component_counts), "statement")}, version {face.version}
            </p>
          </div>
          {conversation.turns.length > 0 ? (
            <Button look="ghost" onClick={conversation.clear}>
              New
            </Button>
          ) : null}
          <ModelPicker models={models.data ?? []} value={model} faceName={name} onChange={setModel} />
        </header>
        <Thread conversation={conversation} face={face} isQuoting={isQuoting} openTrace={trace} onTrace={setTrace} />
        <Composer
          faceId={face.id}
          faceName={name}
          isQuoting={isQuoting}
          isWriting={conversation.isWriting}
          onSend={conversation.send}
          onStop={conversation.stop}
        />
      </section>
      {trace ? <TracePanel key={trace} id={trace} face={face} onClose={() => setTrace("")} /> : null}
    </div>
  );
}
