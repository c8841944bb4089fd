import { Copy, Ellipsis, FileBraces, Image, MessageSquare, RefreshCw, SquareFunction, Trash2 } from "lucide-react";
import Link from "next/link";
import type { ReactNode } from "react";
import { facesText } from "@/components/strings/faces";
import { IconButton } from "@/components/ui/icon-button";
import { Menu, MenuItem, MenuLine } from "@/components/ui/menu";
import { nameOf } from "./faces-view";
import type { CardFormat } from "./use-cards";
import type { FaceView } from "@/lib/faces/schemas";

/** What can be done with faces from their list. */
export type FaceActions = {
  sync: (faces: FaceView[]) => void;
  export: (face: FaceView, format: CardFormat) => void;
  remove: (faces: FaceView[]) => void;
  copy: (face: FaceView) => void;
  changeFormula: (face: FaceView) => void;
};

export function FaceRowMenu({ face, actions }: { face: FaceView; actions: FaceActions }) {
  const isOwn = !face.is_sample;
  return (
    <Menu
      trigger={
        <IconButton label={facesText.actions(nameOf(face))} hasTooltip={false}>
          <Ellipsis size={16} strokeWidth={1.75} aria-hidden />
        </IconButton>
      }
    >
      <MenuItem asChild>
        <Link href={`/faces/${face.username}/chat`}>
          <Icon of={MessageSquare} /> {facesText.chat}
        </Link>
      </MenuItem>
      {isOwn && face.formula === null && face.document_counts.pending > 0 ? (
        <Item icon={RefreshCw} onSelect={() => actions.sync([face])}>
          {facesText.sync}
        </Item>
      ) : null}
      {isOwn && face.formula !== null ? (
        <Item icon={SquareFunction} onSelect={() => actions.changeFormula(face)}>
          {facesText.changeFormula}
        </Item>
      ) : null}
      {isOwn ? null : (
        <Item icon={Copy} onSelect={() => actions.copy(face)}>
          {facesText.copySample}
        </Item>
      )}
      <Item icon={FileBraces} onSelect={() => actions.export(face, "json")}>
        {facesText.exportJson}
      </Item>
      <Item icon={Image} onSelect={() => actions.export(face, "png")}>
        {facesText.exportPng}
      </Item>
      {isOwn ? (
        <>
          <MenuLine />
          <MenuItem danger onSelect={() => actions.remove([face])}>
            <Icon of={Trash2} /> {facesText.delete}
          </MenuItem>
        </>
      ) : null}
    </Menu>
  );
}

type IconType = typeof Copy;

function Icon({ of: Sign }: { of: IconType }) {
  return <Sign size={16} strokeWidth={1.75} aria-hidden />;
}

function Item({ icon, onSelect, children }: { icon: IconType; onSelect: () => void; children: ReactNode }) {
  return (
    <MenuItem onSelect={onSelect}>
      <Icon of={icon} /> {children}
    </MenuItem>
  );
}
