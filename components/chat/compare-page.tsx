"use client";

import { useQueryClient } from "@tanstack/react-query";
import dynamic from "next/dynamic";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { toast } from "@/components/ui/toast";
import { useFaces } from "@/components/faces/use-faces";
import { chatText } from "@/components/strings/chat";
import { useUrlState } from "@/components/ui/use-url-state";
import type { FaceView } from "@/lib/faces/schemas";
import { newId } from "@/lib/ids";
import { OpenList } from "./chat-header";
import type { ChatMessage } from "./chat-message";
import { ChatProblem, NoFaces } from "./chat-problem";
import { readSide, sideText, type Side } from "./compare-choice";
import { CompareComposer } from "./compare-composer";
import { ComparePane } from "./compare-pane";
import { storeMessages } from "./conversation-writer";
import { firstPartner } from "./first-partner";
import { LoadingChat } from "./loading-chat";
import { useComparison } from "./use-comparison";
import { reasonOf } from "./use-conversations";
import { useModels } from "./use-models";

const TracePanel = dynamic(() => import("./trace-panel").then((module) => module.TracePanel), { ssr: false });

/** Two faces, or two models behind one, answer the same question. */
export function ComparePage() {
  const faces = useFaces();
  const models = useModels();
  if (faces.error) return <ChatProblem error={faces.error} onRetry={() => void faces.refetch()} />;
  if (faces.isPending || models.isPending) return <LoadingChat />;
  return faces.data.length === 0 ? <NoFaces /> : <Comparison faces={faces.data} />;
}

function Comparison({ faces }: { faces: readonly FaceView[] }) {
  const router = useRouter();
  const client = useQueryClient();
  const [question, setQuestion] = useUrlState("ask");
  const [why, setWhy] = useUrlState("why");
  const [reference, setReference] = useState(0);
  const { a, b, setA, setB } = useSides(faces);
  const comparison = useComparison(a, b);
  const openTrace = (id: string, number = 0) => {
    setWhy(id);
    setReference(number);
  };

  async function goOn(side: Side, answer: ChatMessage, asked: ChatMessage) {
    const id = newId("conversation");
    const target = { id, face: side.face, model: side.model || null };
    try {
      await storeMessages(target, [asked, answer], answer.id);
      await client.invalidateQueries({ queryKey: ["conversations"] });
      router.push(`/chat/${id}`);
    } catch (error) {
      toast.error(chatText.continueFailed(reasonOf(error)));
    }
  }

  const pane = (key: "a" | "b", side: Side, onChange: (side: Side) => void) => (
    <ComparePane
      key={key}
      name={chatText.sides[key]}
      side={side}
      faces={faces}
      answer={comparison.answers[key]}
      openTrace={why}
      onChange={onChange}
      onTrace={openTrace}
      onAgain={comparison.question ? () => comparison.again(key) : null}
      onGoOn={(answer) => comparison.question && void goOn(side, answer, comparison.question)}
    />
  );
  const traced = [comparison.answers.a, comparison.answers.b].find((answer) => answer?.trace_id === why);
  const tracedSide = traced === comparison.answers.b ? b : a;

  return (
    <div
      className={
        why ? "grid h-full grid-cols-[minmax(0,1fr)] wide:grid-cols-[minmax(0,1fr)_minmax(300px,340px)]" : "h-full"
      }
    >
      <section aria-label={chatText.compareTitle} className="flex h-full min-h-0 min-w-0 flex-col">
        <header className="flex min-h-14 items-center gap-2 border-b border-line px-4">
          <OpenList />
          <div className="min-w-0">
            <h1 className="text-2 leading-5 font-strong tracking-normal">{chatText.compareTitle}</h1>
            <p className="truncate text-1 text-ink-3">{chatText.compareLead}</p>
          </div>
        </header>
        <div className="grid min-h-0 flex-1 grid-cols-[minmax(0,1fr)] divide-line overflow-y-auto max-mid:divide-y mid:grid-cols-2 mid:divide-x">
          {pane("a", a, setA)}
          {pane("b", b, setB)}
        </div>
        <CompareComposer
          question={question}
          isSame={sideText(a) === sideText(b)}
          isWriting={comparison.isWriting}
          onAsk={(asked) => {
            setQuestion(asked);
            comparison.ask(asked);
          }}
          onStop={comparison.stop}
        />
      </section>
      {why ? (
        <TracePanel
          key={why}
          id={why}
          face={{ username: tracedSide.face }}
          content={traced?.content ?? ""}
          reference={reference}
          onClose={() => openTrace("")}
        />
      ) : null}
    </div>
  );
}

/** Who is compared, from the address; what it leaves open is filled so that the sides differ. */
function useSides(faces: readonly FaceView[]) {
  const models = useModels().data ?? [];
  const [textA, setTextA] = useUrlState("a");
  const [textB, setTextB] = useUrlState("b");
  const known = (text: string) => {
    const side = readSide(text);
    return side !== null && faces.some(({ username }) => username === side.face) ? side : null;
  };
  const a = known(textA) ?? { face: firstPartner(faces, undefined)?.username ?? "", model: "" };
  const b = known(textB) ?? otherThan(a, faces, models);
  return { a, b, setA: (side: Side) => setTextA(sideText(side)), setB: (side: Side) => setTextB(sideText(side)) };
}

function otherThan(a: Side, faces: readonly FaceView[], models: readonly { id: string }[]): Side {
  const other = firstPartner(
    faces.filter(({ username }) => username !== a.face),
    undefined,
  );
  if (other) return { face: other.username, model: a.model };
  return { face: a.face, model: models.find(({ id }) => id !== a.model)?.id ?? "" };
}
