"use client";

import { X } from "lucide-react";
import { billingText as text } from "@/components/strings/billing";
import { IconButton } from "@/components/ui/icon-button";
import type { NoticeView } from "@/lib/billing/schemas";
import { formatDay } from "@/lib/format";
import { useReadNotice } from "./use-usage";

/** What the account should know, said once and calmly, until somebody has read it. */
export function NoticeBanner({ notices }: { notices: readonly NoticeView[] }) {
  const read = useReadNotice();
  if (notices.length === 0) return null;
  return (
    <section aria-label={text.notices} className="rounded-3 border border-line-2 bg-sunk">
      <ul>
        {notices.map((notice) => {
          const payUrl = notice.data["pay_url"];
          return (
            <li key={notice.id} className="flex items-start gap-3 border-t border-line px-5 py-3 first:border-t-0">
              <div className="min-w-0 flex-1">
                <p className="measure text-2">{notice.message}</p>
                <p className="num text-1 text-ink-3">
                  {formatDay(notice.created_at)}
                  {typeof payUrl === "string" && payUrl.startsWith("https://") ? (
                    <>
                      {" · "}
                      <a href={payUrl} className="link">
                        {text.openInvoice}
                      </a>
                    </>
                  ) : null}
                </p>
              </div>
              <IconButton label={text.noticeRead} onClick={() => read.mutate(notice.id)}>
                <X size={16} strokeWidth={1.75} aria-hidden />
              </IconButton>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
