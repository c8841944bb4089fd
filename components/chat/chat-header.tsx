"use client";

import { Columns2, MoreHorizontal, PanelLeftOpen } from "lucide-react";
import Link from "next/link";
import { useState, type ReactNode } from "react";
import { FaceAvatar } from "@/components/portraits/face-avatar";
import { sumOf } from "@/components/fingerprint/components";
import { chatText } from "@/components/strings/chat";
import { IconButton } from "@/components/ui/icon-button";
import { Menu } from "@/components/ui/menu";
import { cn } from "@/components/ui/cn";
import { Tooltip } from "@/components/ui/tooltip";
import type { FaceView } from "@/lib/faces/schemas";
import { useFrame } from "./chat-frame";
import type { Chat } from "./chat-cache";
import { ConversationActions } from "./conversation-actions";
import { TitleField } from "./conversation-row";
import { FacePicker } from "./face-picker";

type ChatHeaderProps = {
  face: FaceView;
  /** undefined before the first question */
  chat: Chat | undefined;
  compareHref: string;
  picker: ReactNode;
  onFace: (username: string) => void;
};

/** With whom, about what, through which model; and what can be done with the whole of it. */
export function ChatHeader({ face, chat, compareHref, picker, onFace }: ChatHeaderProps) {
  const { remove } = useFrame();
  const [isRenaming, setIsRenaming] = useState(false);
  return (
    <header className="flex min-h-14 items-center gap-2 border-b border-line px-4 max-mid:gap-1 max-mid:px-3">
      <OpenList />
      <span className="shrink-0 max-mid:hidden">
        <FaceAvatar face={face} size={32} />
      </span>
      <div className="mr-auto min-w-0 flex-1">
        {isRenaming && chat ? (
          <TitleField conversation={chat} onEnd={() => setIsRenaming(false)} />
        ) : (
          <HeaderTitle face={face} chat={chat} onFace={onFace} />
        )}
      </div>
      {picker}
      <Tooltip label={chatText.compare}>
        <Link
          href={compareHref}
          aria-label={chatText.compare}
          className="grid size-9 shrink-0 place-items-center rounded-2 text-ink-3 hover:bg-sunk-2 hover:text-ink wide:size-7"
        >
          <Columns2 size={16} strokeWidth={1.75} aria-hidden />
        </Link>
      </Tooltip>
      {chat ? (
        <Menu
          trigger={
            <IconButton label={chatText.more} hasTooltip={false}>
              <MoreHorizontal size={16} strokeWidth={1.75} aria-hidden />
            </IconButton>
          }
        >
          <ConversationActions id={chat.id} onRename={() => setIsRenaming(true)} onDelete={() => remove(chat)} />
        </Menu>
      ) : null}
    </header>
  );
}

/** The list is behind a button where it is closed, and on narrow screens. */
export function OpenList() {
  const { isListOpen, openList } = useFrame();
  return (
    <IconButton label={chatText.listOpen} onClick={openList} className={cn("-ml-1.5", isListOpen && "wide:hidden")}>
      <PanelLeftOpen size={16} strokeWidth={1.75} aria-hidden />
    </IconButton>
  );
}

function HeaderTitle({ face, chat, onFace }: Pick<ChatHeaderProps, "face" | "chat" | "onFace">) {
  const state = chatText.faceState(sumOf(face.component_counts), face.version);
  if (chat === undefined)
    return (
      <>
        <h1 className="text-2 leading-5 tracking-normal">
          <FacePicker face={face} onChange={onFace} />
        </h1>
        <p className="num truncate text-1 text-ink-3">{state}</p>
      </>
    );
  return (
    <>
      <h1 className="truncate text-2 leading-5 font-strong tracking-normal">
        <Link href={`/faces/${face.username}`} className="inline-block py-0.5 text-ink no-underline hover:underline">
          {face.name ?? face.username}
        </Link>
      </h1>
      <p className="num truncate text-1 text-ink-3">{chat.title || state}</p>
    </>
  );
}
