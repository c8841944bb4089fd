"use client";

import { Braces, FileText, Pencil, Trash2 } from "lucide-react";
import { chatText } from "@/components/strings/chat";
import { MenuItem, MenuLine } from "@/components/ui/menu";

type ConversationActionsProps = { id: string; onRename?: () => void; onDelete: () => void };

const icon = { size: 16, strokeWidth: 1.75, "aria-hidden": true } as const;

/** What can be done with a whole conversation, inside of a menu. */
export function ConversationActions({ id, onRename, onDelete }: ConversationActionsProps) {
  const exportPath = `/v1/conversations/${encodeURIComponent(id)}/export`;
  return (
    <>
      {onRename ? (
        <MenuItem onSelect={() => setTimeout(onRename, 0)}>
          <Pencil {...icon} />
          {chatText.rename}
        </MenuItem>
      ) : null}
      <MenuItem asChild>
        <a href={`${exportPath}?format=markdown`} download>
          <FileText {...icon} />
          {chatText.exportMarkdown}
        </a>
      </MenuItem>
      <MenuItem asChild>
        <a href={`${exportPath}?format=json`} download>
          <Braces {...icon} />
          {chatText.exportJson}
        </a>
      </MenuItem>
      <MenuLine />
      <MenuItem danger onSelect={onDelete}>
        <Trash2 {...icon} />
        {chatText.delete}
      </MenuItem>
    </>
  );
}
