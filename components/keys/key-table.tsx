"use client";

import { MoreHorizontal, Pencil, RotateCcw, RotateCw, Trash2, TriangleAlert } from "lucide-react";
import { toast } from "@/components/ui/toast";
import { keysText } from "@/components/strings/keys";
import { Button } from "@/components/ui/button";
import { Chip } from "@/components/ui/chip";
import { cn } from "@/components/ui/cn";
import { IconButton } from "@/components/ui/icon-button";
import { Menu, MenuItem, MenuLine } from "@/components/ui/menu";
import { Meter } from "@/components/ui/meter";
import { useNow } from "@/components/ui/use-now";
import { ApiError } from "@/lib/http/fetch-json";
import { formatAgo, formatDay, formatDayTime, formatUsd } from "@/lib/format";
import type { KeyView } from "@/lib/keys/schemas";
import { type FaceNames, isExpired, isSpent, mayWords } from "./key-words";
import { useUpdateKey } from "./use-keys";

const head = "border-b border-line py-2 pr-3 text-left text-1 font-text whitespace-nowrap text-ink-3";
const cell = "border-b border-line py-2.5 pr-3 align-middle";

/** What can be asked for from a row. */
export type KeyActions = {
  onEdit: (key: KeyView) => void;
  onRotate: (key: KeyView) => void;
  onRevoke: (key: KeyView) => void;
};

export function KeyTable({ keys, nameOf, ...actions }: { keys: KeyView[]; nameOf: FaceNames } & KeyActions) {
  const { columns } = keysText;
  const spent = keys.filter((key) => key.revoked_at === null && isSpent(key));
  return (
    <>
      <table className="w-full border-collapse text-2">
        <thead>
          <tr>
            <th className={head}>{columns.name}</th>
            <th className={cn(head, "hidden wide:table-cell")}>{columns.may}</th>
            <th className={cn(head, "hidden mid:table-cell")}>{columns.used}</th>
            <th className={head}>{columns.spent}</th>
            <th className={cn(head, "pr-0")}>
              <span className="sr-only">{columns.actions}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {keys.map((key) => (
            <KeyRow key={key.id} view={key} nameOf={nameOf} {...actions} />
          ))}
        </tbody>
      </table>
      {spent.map((key) => (
        <p key={key.id} className="mt-3 flex items-start gap-2 text-2 text-ink-3">
          <TriangleAlert size={14} strokeWidth={1.75} aria-hidden className="mt-[3px]" />
          {keysText.reachedBudget(key.name)}
        </p>
      ))}
    </>
  );
}

function KeyRow({ view, nameOf, ...actions }: { view: KeyView; nameOf: FaceNames } & KeyActions) {
  const now = useNow();
  const isOver = view.revoked_at !== null || (now !== null && isExpired(view, now));
  const used = view.last_used_at === null ? keysText.never : now ? formatAgo(view.last_used_at, now) : "";
  return (
    <tr className={isOver ? "text-ink-3" : undefined}>
      <td className={cell}>
        <div className="flex flex-wrap items-center gap-x-2">
          <span className="font-strong [overflow-wrap:anywhere]">{view.name}</span>
          <Marks view={view} isOver={isOver} />
        </div>
        <div className="font-mono text-1 whitespace-nowrap text-ink-3">{view.key_prefix}…</div>
        {view.previous_expires_at && !isOver ? (
          <div className="text-1 text-ink-3">{keysText.oldSecretUntil(formatDayTime(view.previous_expires_at))}</div>
        ) : null}
      </td>
      <td className={cn(cell, "hidden max-w-72 text-ink-2 [overflow-wrap:anywhere] wide:table-cell")}>
        {mayWords(view, nameOf)}
      </td>
      <td className={cn(cell, "hidden whitespace-nowrap text-ink-2 mid:table-cell")}>{used}</td>
      <td className={cn(cell, "w-32 mid:w-48")}>
        <Spent view={view} />
      </td>
      <td className={cn(cell, "w-px pr-0 text-right whitespace-nowrap")}>
        {view.revoked_at === null ? <RowActions view={view} isOver={isOver} {...actions} /> : null}
      </td>
    </tr>
  );
}

function Marks({ view, isOver }: { view: KeyView; isOver: boolean }) {
  if (view.revoked_at !== null) return <Chip>{keysText.revoked}</Chip>;
  if (isOver) return <Chip>{keysText.expired}</Chip>;
  if (view.expires_at === null) return null;
  return <span className="text-1 text-ink-3">{keysText.endsOn(formatDay(view.expires_at))}</span>;
}

function Spent({ view: { name, spent_usd: spent, budget_usd: budget } }: { view: KeyView }) {
  return (
    <>
      <div className="num flex justify-between gap-2">
        <span>{formatUsd(spent)}</span>
        <span className="text-ink-3">{budget === null ? keysText.noCap : formatUsd(budget)}</span>
      </div>
      {budget === null ? null : (
        <Meter value={spent} max={budget || 1} label={keysText.spentBy(name)} className="mt-1" />
      )}
    </>
  );
}

function RowActions({ view, isOver, onEdit, onRotate, onRevoke }: { view: KeyView; isOver: boolean } & KeyActions) {
  const update = useUpdateKey();
  const reset = () =>
    update.mutate(
      { id: view.id, reset_spent: true },
      {
        onSuccess: () => toast(keysText.resetDone(view.name, formatUsd(view.spent_usd))),
        onError: (error) =>
          toast(keysText.resetFailed, { description: error instanceof ApiError ? error.message : undefined }),
      },
    );
  return (
    <span className="inline-flex items-center gap-1">
      {isSpent(view) && !isOver ? (
        <Button onClick={reset} disabled={update.isPending} aria-label={keysText.resetFor(view.name)}>
          {keysText.resetShort}
        </Button>
      ) : null}
      <Menu
        trigger={
          <IconButton label={keysText.actionsFor(view.name)} hasTooltip={false}>
            <MoreHorizontal size={16} strokeWidth={1.75} aria-hidden />
          </IconButton>
        }
      >
        <MenuItem onSelect={() => onEdit(view)}>
          <Pencil size={14} strokeWidth={1.75} aria-hidden />
          {keysText.edit}
        </MenuItem>
        {isOver ? null : (
          <MenuItem onSelect={() => onRotate(view)}>
            <RotateCw size={14} strokeWidth={1.75} aria-hidden />
            {keysText.rotate}
          </MenuItem>
        )}
        <MenuItem onSelect={reset} disabled={view.spent_usd === 0}>
          <RotateCcw size={14} strokeWidth={1.75} aria-hidden />
          {keysText.reset}
        </MenuItem>
        <MenuLine />
        <MenuItem danger onSelect={() => onRevoke(view)}>
          <Trash2 size={14} strokeWidth={1.75} aria-hidden />
          {keysText.revoke}
        </MenuItem>
      </Menu>
    </span>
  );
}
