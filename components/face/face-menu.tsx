"use client";

import { Copy, Ellipsis, FileBraces, Image, PencilLine, Trash2 } from "lucide-react";
import dynamic from "next/dynamic";
import { useState } from "react";
import { toast } from "@/components/ui/toast";
import { downloadCard, type CardFormat } from "@/components/faces/use-cards";
import { faceText } from "@/components/strings/face";
import { Button } from "@/components/ui/button";
import { copyText } from "@/components/ui/copy-button";
import { Menu, MenuItem, MenuLine } from "@/components/ui/menu";
import type { FaceView } from "@/lib/faces/schemas";

const RenameFaceDialog = dynamic(() => import("./rename-face-dialog").then((module) => module.RenameFaceDialog), {
  ssr: false,
});
const DeleteFaceDialog = dynamic(() => import("./delete-face-dialog").then((module) => module.DeleteFaceDialog), {
  ssr: false,
});

/** What can be done with the face as a whole. */
export function FaceMenu({ face }: { face: FaceView }) {
  const [question, setQuestion] = useState<"rename" | "delete" | null>(null);
  const close = () => setQuestion(null);
  const isOwn = !face.is_sample;
  return (
    <>
      <Menu
        trigger={
          <Button size="square" aria-label={faceText.more}>
            <Ellipsis size={16} strokeWidth={1.75} aria-hidden />
          </Button>
        }
      >
        {isOwn ? (
          <MenuItem onSelect={() => setQuestion("rename")}>
            <PencilLine size={16} strokeWidth={1.75} aria-hidden />
            {faceText.rename}
          </MenuItem>
        ) : null}
        <MenuItem onSelect={() => void copyName(face.username)}>
          <Copy size={16} strokeWidth={1.75} aria-hidden />
          {faceText.copyName}
        </MenuItem>
        <MenuItem onSelect={() => void exportCard(face, "json")}>
          <FileBraces size={16} strokeWidth={1.75} aria-hidden />
          {faceText.exportJson}
        </MenuItem>
        <MenuItem onSelect={() => void exportCard(face, "png")}>
          <Image size={16} strokeWidth={1.75} aria-hidden />
          {faceText.exportPng}
        </MenuItem>
        {isOwn ? (
          <>
            <MenuLine />
            <MenuItem danger onSelect={() => setQuestion("delete")}>
              <Trash2 size={16} strokeWidth={1.75} aria-hidden />
              {faceText.delete}
            </MenuItem>
          </>
        ) : null}
      </Menu>
      {question === "rename" ? <RenameFaceDialog face={face} onClose={close} /> : null}
      {question === "delete" ? <DeleteFaceDialog face={face} onClose={close} /> : null}
    </>
  );
}

async function copyName(username: string): Promise<void> {
  toast((await copyText(username)) ? faceText.nameCopied(username) : faceText.nameNotCopied(username));
}

async function exportCard(face: FaceView, format: CardFormat): Promise<void> {
  try {
    await downloadCard(face.username, format);
  } catch (error) {
    const why = error instanceof Error ? error.message : "";
    toast.error(faceText.notExported(face.name ?? face.username, why));
  }
}
