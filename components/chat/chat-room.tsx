"use client";

import dynamic from "next/dynamic";
import { useRouter } from "next/navigation";
import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import { chatText } from "@/components/strings/chat";
import { cn } from "@/components/ui/cn";
import { useUrlState } from "@/components/ui/use-url-state";
import type { FaceView } from "@/lib/faces/schemas";
import type { Chat, Partner } from "./chat-cache";
import { compareHref } from "./compare-choice";
import { ChatHeader } from "./chat-header";
import { Composer } from "./composer";
import { ModelPicker } from "./model-picker";
import { Thread } from "./thread";
import { useChat } from "./use-chat";
import { useTabTitle } from "./use-conversations";
import { useModelOf } from "./use-model-of";

const TracePanel = dynamic(() => import("./trace-panel").then((module) => module.TracePanel), { ssr: false });

type ChatRoomProps = { id: string; chat: Chat | undefined; face: FaceView };

/** One conversation: what was said, the field to say more in, and, when asked for, why. */
export function ChatRoom({ id, chat, face }: ChatRoomProps) {
  const router = useRouter();
  const [why, setWhy] = useUrlState("why");
  const [reference, setReference] = useState(0);
  const [editing, setEditing] = useState("");
  const composer = useRef<HTMLTextAreaElement>(null);
  const edit = useCallback((question: string) => {
    setEditing(question);
    // on a phone the keyboard would cover what one has just asked
    if (question === "" && matchMedia("(pointer: fine)").matches)
      requestAnimationFrame(() => composer.current?.focus());
  }, []);
  const { model, standard, isQuoting, models, choose } = useModelOf(id, chat, face);
  const partner: Partner = useMemo(
    () => ({ id: face.id, username: face.username, name: face.name, model }),
    [face.id, face.username, face.name, model],
  );
  const { branch, messages, isWriting, actions } = useChat(id, chat, partner);
  const toEnd = useRef<() => void>(() => undefined);
  const name = face.name ?? face.username;
  const isBegun = branch.length > 0;
  useTabTitle(chat?.title ?? "");
  useAddress(id, isBegun);
  useStopOnEscape(isWriting, actions.stop);

  const openTrace = useCallback(
    (trace: string, number = 0) => {
      setWhy(trace);
      setReference(number);
    },
    [setWhy],
  );
  const closeTrace = useCallback(() => openTrace(""), [openTrace]);
  const send = (text: string) => {
    setEditing("");
    actions.ask(text, branch.at(-1)?.id ?? null);
    toEnd.current();
  };
  const lastQuestion = branch.findLast(({ role }) => role === "user");

  return (
    <div
      className={cn(
        "grid h-full grid-cols-[minmax(0,1fr)]",
        why && "wide:grid-cols-[minmax(0,1fr)_minmax(300px,376px)]",
      )}
    >
      <section aria-label={chatText.conversationWith(name)} className="flex min-h-0 min-w-0 flex-col">
        <ChatHeader
          face={face}
          chat={isBegun ? chat : undefined}
          compareHref={compareHref(face.username, model, lastQuestion?.content ?? "")}
          onFace={(username) => router.replace(`/chat?face=${encodeURIComponent(username)}`)}
          picker={<ModelPicker models={models} value={model} standard={standard} faceName={name} onChange={choose} />}
        />
        <Thread
          conversationId={id}
          branch={branch}
          messages={messages}
          actions={actions}
          face={face}
          isQuoting={isQuoting}
          isWriting={isWriting}
          openTrace={why}
          editing={editing}
          onEditing={edit}
          onTrace={openTrace}
          endRef={toEnd}
        />
        <Composer
          ref={composer}
          draftKey={isBegun ? id : face.id}
          faceName={name}
          isQuoting={isQuoting}
          isWriting={isWriting}
          onSend={send}
          onStop={actions.stop}
          onEditLast={() => setEditing(lastQuestion?.id ?? "")}
        />
      </section>
      {why ? (
        <TracePanel
          key={why}
          id={why}
          face={face}
          content={messages.find((message) => message.trace_id === why)?.content ?? ""}
          reference={reference}
          onClose={closeTrace}
        />
      ) : null}
    </div>
  );
}

/** The first question gives the conversation its address. */
function useAddress(id: string, isBegun: boolean): void {
  useEffect(() => {
    if (!isBegun || location.pathname === `/chat/${id}`) return;
    const kept = new URLSearchParams(location.search);
    for (const name of ["face", "model"]) kept.delete(name);
    const query = kept.toString();
    history.replaceState(null, "", `/chat/${id}${query ? `?${query}` : ""}`);
  }, [id, isBegun]);
}

/** Escape stops an answer under way, wherever one is, before it closes anything. */
function useStopOnEscape(isWriting: boolean, stop: () => void): void {
  useEffect(() => {
    if (!isWriting) return;
    const onKey = (event: KeyboardEvent) => {
      if (event.key !== "Escape" || document.querySelector("[role=dialog], [role=menu], [role=listbox]")) return;
      event.preventDefault();
      stop();
    };
    addEventListener("keydown", onKey, { capture: true });
    return () => removeEventListener("keydown", onKey, { capture: true });
  }, [isWriting, stop]);
}
