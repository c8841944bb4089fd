"use client";

import { usePathname, useSearchParams } from "next/navigation";
import { useState } from "react";
import { FaceProblem } from "@/components/face/face-problem";
import { useFace, useFaces } from "@/components/faces/use-faces";
import { Column } from "@/components/shell/app-shell";
import { newId } from "@/lib/ids";
import type { Chat } from "./chat-cache";
import { ChatProblem, NoFaces } from "./chat-problem";
import { conversationIn } from "./chat-frame";
import { ChatRoom } from "./chat-room";
import { firstPartner } from "./first-partner";
import { LoadingChat } from "./loading-chat";
import { useStoredChat } from "./use-chat";
import { useConversations } from "./use-conversations";

/**
 * The page of one conversation, or of one that is about to begin: that has its id already, so that nothing is drawn anew
 * when the address gets it with the first question.
 */
export function ChatPage() {
  const addressed = conversationIn(usePathname());
  const faceParam = useSearchParams().get("face") ?? "";
  const [draft, setDraft] = useState(newDraft);
  if (addressed === draft.id && !draft.isBegun) setDraft({ ...draft, isBegun: true });
  // the next one that is begun has another id
  if (addressed !== draft.id && draft.isBegun) setDraft(newDraft());
  const id = addressed ?? draft.id;
  return id === draft.id ? <NewChat key={id} id={id} faceParam={faceParam} /> : <StoredChat key={id} id={id} />;
}

const newDraft = () => ({ id: newId("conversation"), isBegun: false });

function StoredChat({ id }: { id: string }) {
  const chat = useStoredChat(id, false);
  if (chat.data) return <WithFace username={chat.data.face.id} id={id} chat={chat.data} />;
  if (chat.error) return <ChatProblem error={chat.error} onRetry={() => void chat.refetch()} />;
  return <LoadingChat />;
}

/** With the face in the address, else with the one that {@link firstPartner} names. */
function NewChat({ id, faceParam }: { id: string; faceParam: string }) {
  const chat = useStoredChat(id, true);
  const last = useConversations({ face: "", q: "" });
  const faces = useFaces();
  const [begun, setBegun] = useState("");
  if (chat.data) return <WithFace username={chat.data.face.username} id={id} chat={chat.data} />;
  if (faceParam) return <WithFace username={faceParam} id={id} chat={undefined} />;
  if (last.isPending || faces.isPending) return <LoadingChat />;
  const all = faces.data ?? [];
  // it stays who it is, whatever changes elsewhere while one types
  const face = all.find((each) => each.id === begun) ?? firstPartner(all, last.conversations?.[0]?.face.id);
  if (face && face.id !== begun) setBegun(face.id);
  if (face) return <WithFace username={face.username} id={id} chat={undefined} />;
  return faces.error ? <ChatProblem error={faces.error} onRetry={() => void faces.refetch()} /> : <NoFaces />;
}

function WithFace({ username, id, chat }: { username: string; id: string; chat: Chat | undefined }) {
  const face = useFace(username);
  if (face.data) return <ChatRoom id={id} chat={chat} face={face.data} />;
  if (!face.error) return <LoadingChat />;
  return (
    <Column>
      <FaceProblem error={face.error} onRetry={() => void face.refetch()} />
    </Column>
  );
}
