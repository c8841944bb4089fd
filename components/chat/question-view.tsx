"use client";

import { Pencil } from "lucide-react";
import { useState } from "react";
import { chatText } from "@/components/strings/chat";
import { Button } from "@/components/ui/button";
import { CopyButton } from "@/components/ui/copy-button";
import { IconButton } from "@/components/ui/icon-button";
import { BranchSwitch } from "./branch-switch";
import type { ChatMessage } from "./chat-message";
import { GrowingArea } from "./growing-area";

type QuestionViewProps = {
  question: ChatMessage;
  siblings: readonly ChatMessage[];
  isEditing: boolean;
  onEditing: (isEditing: boolean) => void;
  onAsk: (content: string) => void;
  onShow: (id: string) => void;
};

/** What the person asked. Asking it differently makes a branch; nothing is lost. */
export function QuestionView({ question, siblings, isEditing, onEditing, onAsk, onShow }: QuestionViewProps) {
  if (isEditing) return <EditQuestion content={question.content} onAsk={onAsk} onCancel={() => onEditing(false)} />;
  return (
    <div className="group/turn grid justify-items-end gap-0.5">
      <p className="max-w-[85%] rounded-3 bg-sunk-2 px-3.5 py-2 [overflow-wrap:anywhere] whitespace-pre-wrap">
        {question.content}
      </p>
      <div className="flex min-h-9 items-center gap-0.5 wide:min-h-7">
        <span className="flex opacity-0 group-focus-within/turn:opacity-100 group-hover/turn:opacity-100 max-wide:opacity-100">
          <CopyButton text={question.content} label={chatText.copyQuestion} />
          <IconButton label={chatText.editQuestion} onClick={() => onEditing(true)}>
            <Pencil size={14} strokeWidth={1.75} aria-hidden />
          </IconButton>
        </span>
        <BranchSwitch message={question} siblings={siblings} onShow={onShow} />
      </div>
    </div>
  );
}

type EditQuestionProps = { content: string; onAsk: (content: string) => void; onCancel: () => void };

function EditQuestion({ content, onAsk, onCancel }: EditQuestionProps) {
  const [text, setText] = useState(content);
  const canAsk = text.trim() !== "";
  const ask = () => {
    if (canAsk) onAsk(text.trim());
  };
  return (
    <div className="grid gap-2 rounded-3 border border-control-line bg-bg p-3">
      <GrowingArea
        label={chatText.editLabel}
        value={text}
        onChange={setText}
        isFocused
        onKeyDown={(event) => {
          if (event.key === "Escape") {
            event.preventDefault();
            event.stopPropagation();
            onCancel();
          }
          if (event.key !== "Enter" || event.shiftKey || event.nativeEvent.isComposing) return;
          event.preventDefault();
          ask();
        }}
      />
      <div className="flex flex-wrap items-center gap-2">
        <Button look="primary" disabled={!canAsk} onClick={ask}>
          {chatText.editDo}
        </Button>
        <Button onClick={onCancel}>{chatText.editKeep}</Button>
        <span className="text-1 text-ink-3">{chatText.editHint}</span>
      </div>
    </div>
  );
}
