"use client";

import { FaceAvatar } from "@/components/portraits/face-avatar";
import { chatText } from "@/components/strings/chat";
import { Button } from "@/components/ui/button";
import type { FaceView } from "@/lib/faces/schemas";
import { formatHundredths } from "@/lib/format";
import { AnswerView } from "./answer-view";
import type { ChatMessage } from "./chat-message";
import type { Side } from "./compare-choice";
import { FacePicker } from "./face-picker";
import { ModelPicker } from "./model-picker";
import { useModels } from "./use-models";
import { useTrace } from "./use-trace";

type ComparePaneProps = {
  /** A or B */
  name: string;
  side: Side;
  faces: readonly FaceView[];
  answer: ChatMessage | null;
  openTrace: string;
  onChange: (side: Side) => void;
  onTrace: (id: string, reference?: number) => void;
  onAgain: (() => void) | null;
  onGoOn: (answer: ChatMessage) => void;
};

/** One side: who answers, what they said, how long that took and what it cost. */
export function ComparePane({ name, side, faces, answer, onChange, onGoOn, ...props }: ComparePaneProps) {
  const models = useModels().data ?? [];
  const face = faces.find(({ username }) => username === side.face);
  if (!face) return null;
  const faceName = face.name ?? face.username;
  const standard = face.default_model ?? models.find((model) => model.is_default)?.id ?? "";
  const isEnded = answer?.status === "done" || answer?.status === "stopped";
  return (
    <section aria-label={chatText.sideLabel(name)} className="flex min-h-48 min-w-0 flex-col gap-4 p-4 mid:p-6">
      <div className="flex items-center gap-2">
        <FaceAvatar face={face} size={28} />
        <div className="min-w-0 flex-1">
          <FacePicker
            face={face}
            label={`${chatText.sideFace(name)}: ${faceName}`}
            onChange={(username) => onChange({ ...side, face: username })}
          />
        </div>
        <ModelPicker
          models={models}
          value={side.model}
          standard={standard}
          faceName={faceName}
          onChange={(model) => onChange({ ...side, model })}
        />
      </div>
      {answer ? (
        <AnswerView
          answer={answer}
          faceName={faceName}
          isTraceOpen={answer.trace_id !== null && answer.trace_id === props.openTrace}
          onTrace={props.onTrace}
          onAgain={answer.status === "writing" ? null : props.onAgain}
        />
      ) : (
        <p className="text-2 text-ink-3">{chatText.nothingAsked}</p>
      )}
      {answer && isEnded && answer.content ? (
        <div className="flex items-center gap-3">
          <Button onClick={() => onGoOn(answer)}>{chatText.continueWith(faceName)}</Button>
          <Took traceId={answer.trace_id ?? ""} />
        </div>
      ) : null}
    </section>
  );
}

/** How long the whole answer took, as its trace says. */
function Took({ traceId }: { traceId: string }) {
  const totalMs = useTrace(traceId).data?.timings?.["total_ms"];
  if (totalMs === null || totalMs === undefined) return null;
  return <span className="num text-1 text-ink-3">{chatText.took(formatHundredths(totalMs / 1000))}</span>;
}
