"use client";

import { useQueryClient } from "@tanstack/react-query";
import dynamic from "next/dynamic";
import { usePathname, useRouter } from "next/navigation";
import { createContext, use, useEffect, useMemo, useState, type ReactNode } from "react";
import { toast } from "@/components/ui/toast";
import { useCommands } from "@/components/palette/commands";
import { chatText } from "@/components/strings/chat";
import { cn } from "@/components/ui/cn";
import type { ConversationView } from "@/lib/conversations/schemas";
import { useListOpen } from "./chat-layout-state";
import { ConversationPanel } from "./conversation-panel";
import { storeOnLeave } from "./conversation-writer";
import { deleteOnLeave } from "./leaving-conversations";
import { takeOverConversations } from "./take-over";
import { useDeleteConversation } from "./use-conversations";

const NarrowPanel = dynamic(() => import("./narrow-panel").then((module) => module.NarrowPanel), { ssr: false });

/** What the pages inside of the frame may do to it. */
type Frame = {
  isListOpen: boolean;
  openList: () => void;
  startNew: () => void;
  remove: (conversation: Pick<ConversationView, "id" | "title">) => void;
};

const FrameContext = createContext<Frame>({
  isListOpen: true,
  openList: () => undefined,
  startNew: () => undefined,
  remove: () => undefined,
});

export const useFrame = (): Frame => use(FrameContext);

/** The id of the conversation in the address; null when it names none. */
export function conversationIn(path: string): string | null {
  return /^\/chat\/(cnv_[0-9a-z]+)$/.exec(path)?.[1] ?? null;
}

/** The list of conversations beside one of them. */
export function ChatFrame({ children }: { children: ReactNode }) {
  const router = useRouter();
  const currentId = conversationIn(usePathname());
  const [isListOpen, setListOpen] = useListOpen();
  const [isSheetOpen, setSheetOpen] = useState(false);
  const remove = useDeleteConversation();
  useLeaving();
  useTakeOver();

  const frame = useMemo<Frame>(
    () => ({
      isListOpen,
      openList: () => (matchMedia("(min-width: 1001px)").matches ? setListOpen(true) : setSheetOpen(true)),
      startNew: () => {
        setSheetOpen(false);
        router.push("/chat");
      },
      remove: (conversation) => {
        remove(conversation);
        if (conversation.id === currentId) router.push("/chat");
      },
    }),
    [isListOpen, setListOpen, router, remove, currentId],
  );
  useCommands([
    { id: "chat.new", label: chatText.new, group: "do", shortcut: "n", run: frame.startNew },
    { id: "chat.list", label: chatText.toggleList, group: "display", run: () => setListOpen(!isListOpen) },
    { id: "chat.compare", label: chatText.compare, group: "do", run: () => router.push("/chat/compare") },
  ]);
  const panel = { currentId, onNew: frame.startNew, onDelete: frame.remove };

  return (
    <FrameContext value={frame}>
      <div
        className={cn(
          "grid h-[calc(100dvh-52px)] grid-cols-[minmax(0,1fr)] wide:h-dvh",
          isListOpen && "wide:grid-cols-[232px_minmax(0,1fr)]",
        )}
      >
        {isListOpen ? (
          <div className="hidden min-h-0 border-r border-line wide:block">
            <ConversationPanel {...panel} onClose={() => setListOpen(false)} />
          </div>
        ) : null}
        <div className="min-h-0 min-w-0">{children}</div>
        {isSheetOpen ? (
          <NarrowPanel onClose={() => setSheetOpen(false)}>
            <ConversationPanel {...panel} onClose={() => setSheetOpen(false)} onOpen={() => setSheetOpen(false)} />
          </NarrowPanel>
        ) : null}
      </div>
    </FrameContext>
  );
}

/** A closed tab loses nothing that was seen. */
function useLeaving(): void {
  useEffect(() => {
    const onLeave = () => {
      storeOnLeave();
      deleteOnLeave();
    };
    addEventListener("pagehide", onLeave);
    return () => removeEventListener("pagehide", onLeave);
  }, []);
}

/** What an older page kept in this browser moves to the account, once. */
function useTakeOver(): void {
  const client = useQueryClient();
  useEffect(() => {
    // where storage is switched off, naming it throws: then there is nothing to take over
    void Promise.resolve()
      .then(() => takeOverConversations(localStorage))
      .catch(() => 0)
      .then((count) => {
        if (count === 0) return;
        toast(chatText.takenOver(count));
        void client.invalidateQueries({ queryKey: ["conversations"] });
      });
  }, [client]);
}
