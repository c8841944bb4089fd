"use client";

import { Bell, X } from "lucide-react";
import Link from "next/link";
import { useNotices, useReadNotice } from "@/components/billing/use-usage";
import { shellText } from "@/components/strings/shell";
import { cn } from "@/components/ui/cn";
import { IconButton } from "@/components/ui/icon-button";
import { Popover, PopoverClose } from "@/components/ui/popover";
import type { NoticeView } from "@/lib/billing/schemas";
import { formatDay } from "@/lib/format";

/** What the account should know, one quiet button away; nothing at all where everything is read. */
export function Notices({ look }: { look: "row" | "icon" }) {
  const { data: notices } = useNotices();
  const read = useReadNotice();
  if (!notices || notices.length === 0) return null;
  return (
    <Popover
      label={shellText.noticesTitle}
      side={look === "row" ? "top" : "bottom"}
      align="start"
      trigger={<NoticesButton look={look} count={notices.length} />}
    >
      <ul>
        {notices.map((notice) => (
          <Notice key={notice.id} notice={notice} onRead={() => read.mutate(notice.id)} />
        ))}
      </ul>
      <p className="border-t border-line px-4 py-2">
        <PopoverClose asChild>
          <Link href="/usage" className="link">
            {shellText.noticesAll}
          </Link>
        </PopoverClose>
      </p>
    </Popover>
  );
}

function NoticesButton({ look, count, ...trigger }: { look: "row" | "icon"; count: number }) {
  const isRow = look === "row";
  return (
    <button
      type="button"
      {...(isRow ? {} : { "aria-label": shellText.notices(count) })}
      className={cn(
        "relative text-ink-2 hover:bg-sunk-2 hover:text-ink",
        isRow
          ? "-mx-2 flex min-h-11 items-center gap-2.5 rounded-2 px-2 wide:min-h-8"
          : "grid size-11 place-items-center rounded-2 wide:size-9",
      )}
      {...trigger}
    >
      <Bell size={isRow ? 16 : 18} strokeWidth={1.75} aria-hidden />
      {isRow ? (
        shellText.notices(count)
      ) : (
        <span
          aria-hidden
          className="absolute top-2.5 right-2.5 size-2 rounded-full border border-bg bg-accent wide:top-1.5 wide:right-1.5"
        />
      )}
    </button>
  );
}

function Notice({ notice, onRead }: { notice: NoticeView; onRead: () => void }) {
  return (
    <li className="flex items-start gap-2 border-t border-line py-3 pr-2 pl-4 first:border-t-0">
      <div className="min-w-0 flex-1">
        <p>{notice.message}</p>
        <p className="num text-1 text-ink-3">{formatDay(notice.created_at)}</p>
      </div>
      <IconButton label={shellText.noticeRead} onClick={onRead}>
        <X size={16} strokeWidth={1.75} aria-hidden />
      </IconButton>
    </li>
  );
}
