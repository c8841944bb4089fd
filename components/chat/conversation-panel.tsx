"use client";

import { MoreHorizontal, PanelLeftClose, SquarePen, Trash2 } from "lucide-react";
import { useState } from "react";
import { chatText } from "@/components/strings/chat";
import { IconButton } from "@/components/ui/icon-button";
import { Menu, MenuItem } from "@/components/ui/menu";
import { SearchInput } from "@/components/ui/search-input";
import { useSettled } from "@/components/ui/use-settled";
import { useUrlState } from "@/components/ui/use-url-state";
import type { ConversationView } from "@/lib/conversations/schemas";
import { ConversationList } from "./conversation-list";
import { DeleteAllDialog } from "./delete-all-dialog";

type ConversationPanelProps = {
  currentId: string | null;
  onNew: () => void;
  onClose: () => void;
  onOpen?: () => void;
  onDelete: (conversation: ConversationView) => void;
};

/** Everything that was talked about: to find, to go on with, to put in order. */
export function ConversationPanel({ currentId, onNew, onClose, onOpen, onDelete }: ConversationPanelProps) {
  const [query, setQuery] = useUrlState("q");
  const settled = useSettled(query.trim(), 200);
  const [isDeletingAll, setIsDeletingAll] = useState(false);
  const hrefOf = (id: string) => `/chat/${id}${query ? `?q=${encodeURIComponent(query)}` : ""}`;
  return (
    <div className="flex h-full min-h-0 flex-col bg-sunk">
      <header className="flex min-h-14 items-center gap-0.5 border-b border-line pr-2 pl-4">
        <h2 className="mr-auto">{chatText.title}</h2>
        <IconButton label={chatText.new} onClick={onNew}>
          <SquarePen size={16} strokeWidth={1.75} aria-hidden />
        </IconButton>
        <Menu
          trigger={
            <IconButton label={chatText.listMore} hasTooltip={false}>
              <MoreHorizontal size={16} strokeWidth={1.75} aria-hidden />
            </IconButton>
          }
        >
          <MenuItem danger onSelect={() => setIsDeletingAll(true)}>
            <Trash2 size={16} strokeWidth={1.75} aria-hidden />
            {chatText.deleteAll}
          </MenuItem>
        </Menu>
        <IconButton label={chatText.listClose} onClick={onClose}>
          <PanelLeftClose size={16} strokeWidth={1.75} aria-hidden />
        </IconButton>
      </header>
      <div className="p-3 pb-1">
        <SearchInput
          label={chatText.search}
          placeholder={chatText.searchPlaceholder}
          value={query}
          maxLength={200}
          onChange={(event) => setQuery(event.target.value)}
          onKeyDown={(event) => {
            if (event.key === "Escape" && query) setQuery("");
          }}
        />
      </div>
      <ConversationList query={settled} currentId={currentId} hrefOf={hrefOf} onDelete={onDelete} onOpen={onOpen} />
      {isDeletingAll ? <DeleteAllDialog onClose={() => setIsDeletingAll(false)} onDone={onNew} /> : null}
    </div>
  );
}
