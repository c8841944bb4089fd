import { FaceAvatar } from "@/components/portraits/face-avatar";
import { sumOf } from "@/components/fingerprint/components";
import { Fingerprint } from "@/components/fingerprint/fingerprint";
import { chatText } from "@/components/strings/chat";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import type { FaceView } from "@/lib/faces/schemas";

type OpeningProps = { face: FaceView; isQuoting: boolean; onAsk: (question: string) => void };

/** Before the first word: who one speaks to, and what one might ask. */
export function Opening({ face, isQuoting, onAsk }: OpeningProps) {
  const isEmpty = sumOf(face.component_counts) === 0;
  return (
    <EmptyState
      figure={isEmpty ? <Fingerprint data={{}} size={96} /> : <FaceAvatar face={face} size={96} isNamed />}
      title={chatText.askSomething(face.name ?? face.username)}
      action={
        <span className="flex flex-wrap justify-center gap-2">
          {chatText.openers.map((question) => (
            <Button key={question} onClick={() => onAsk(question)} className="py-1 whitespace-normal">
              {question}
            </Button>
          ))}
        </span>
      }
    >
      {isEmpty ? chatText.openingEmpty : isQuoting ? chatText.openingQuotes : chatText.openingModel}
    </EmptyState>
  );
}
