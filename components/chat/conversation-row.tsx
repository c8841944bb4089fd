"use client";

import { MoreHorizontal } from "lucide-react";
import Link from "next/link";
import { useEffect, useRef, useState, type KeyboardEvent } from "react";
import { chatText } from "@/components/strings/chat";
import { cn } from "@/components/ui/cn";
import { Highlight } from "@/components/ui/highlight";
import { IconButton } from "@/components/ui/icon-button";
import { Input } from "@/components/ui/input";
import { Menu } from "@/components/ui/menu";
import type { ConversationView } from "@/lib/conversations/schemas";
import { ConversationActions } from "./conversation-actions";
import { useRename } from "./use-conversations";

type ConversationRowProps = {
  conversation: ConversationView;
  query: string;
  href: string;
  isCurrent: boolean;
  onDelete: () => void;
  onOpen?: (() => void) | undefined;
};

/** A conversation in the list. F2 or a double click renames it where it stands. */
export function ConversationRow({ conversation, query, href, isCurrent, onDelete, onOpen }: ConversationRowProps) {
  const [isRenaming, setIsRenaming] = useState(false);
  const link = useRef<HTMLAnchorElement>(null);
  const title = conversation.title || chatText.untitled;
  const name = conversation.face.name ?? conversation.face.username;
  const endRenaming = () => {
    setIsRenaming(false);
    requestAnimationFrame(() => link.current?.focus());
  };

  if (isRenaming) return <TitleField conversation={conversation} onEnd={endRenaming} />;
  return (
    <div className={cn("group/row flex items-center rounded-2 hover:bg-sunk-2", isCurrent && "bg-sunk-2")}>
      <Link
        ref={link}
        href={href}
        aria-current={isCurrent ? "page" : undefined}
        onClick={() => onOpen?.()}
        onDoubleClick={() => setIsRenaming(true)}
        onKeyDown={(event) => {
          if (event.key === "F2") setIsRenaming(true);
          if (event.key === "Delete") onDelete();
        }}
        className="block min-w-0 flex-1 py-1.5 pl-2.5 text-ink no-underline -outline-offset-2"
      >
        <span className="block truncate text-2">
          <Highlight text={title} query={query} />
        </span>
        <span className="block truncate text-1 text-ink-3">
          {conversation.snippet === null ? (
            chatText.subtitle(name, conversation.message_count)
          ) : (
            <Highlight text={conversation.snippet} query={query} />
          )}
        </span>
      </Link>
      <Menu
        trigger={
          <IconButton
            label={chatText.rowActions(title)}
            hasTooltip={false}
            className="opacity-0 group-focus-within/row:opacity-100 group-hover/row:opacity-100 data-[state=open]:opacity-100 max-wide:opacity-100"
          >
            <MoreHorizontal size={16} strokeWidth={1.75} aria-hidden />
          </IconButton>
        }
      >
        <ConversationActions id={conversation.id} onRename={() => setIsRenaming(true)} onDelete={onDelete} />
      </Menu>
    </div>
  );
}

type TitleFieldProps = { conversation: Pick<ConversationView, "id" | "title">; onEnd: () => void };

/** Enter and going elsewhere keep the new title, Escape the old one. */
export function TitleField({ conversation, onEnd }: TitleFieldProps) {
  const rename = useRename();
  const [title, setTitle] = useState(conversation.title);
  const field = useRef<HTMLInputElement>(null);
  const isOver = useRef(false);
  useEffect(() => {
    // after the menu that asked for it has given the focus back
    const timer = setTimeout(() => field.current?.select(), 0);
    return () => clearTimeout(timer);
  }, []);

  function end(isKept: boolean) {
    if (isOver.current) return;
    isOver.current = true;
    const next = title.trim();
    if (isKept && next !== "" && next !== conversation.title) rename.mutate({ id: conversation.id, title: next });
    onEnd();
  }

  function onKeyDown(event: KeyboardEvent) {
    if (event.key !== "Enter" && event.key !== "Escape") return;
    event.preventDefault();
    event.stopPropagation();
    end(event.key === "Enter");
  }

  return (
    <Input
      ref={field}
      aria-label={chatText.titleLabel}
      maxLength={200}
      value={title}
      onChange={(event) => setTitle(event.target.value)}
      onKeyDown={onKeyDown}
      onBlur={() => {
        if (document.hasFocus() && field.current !== document.activeElement) end(true);
      }}
      className="my-1"
    />
  );
}
