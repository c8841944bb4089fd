"use client";

import Link from "next/link";
import { useCompileQuota } from "@/components/billing/use-billing";
import { shellText } from "@/components/strings/shell";
import { Meter } from "@/components/ui/meter";
import { formatCount, formatShare } from "@/lib/format";

/** How much of the compile quota is gone; leads to the numbers behind it. */
export function QuotaMeter() {
  const { data: quota } = useCompileQuota();
  const share = quota && quota.tokens_limit > 0 ? Math.min(1, quota.tokens_used / quota.tokens_limit) : 0;
  return (
    <Link href="/usage" className="grid min-h-14 gap-1 text-1 text-ink no-underline">
      {quota ? (
        <>
          <span className="flex justify-between">
            <span className="text-ink-3">{shellText.quota}</span>
            <span className="num">{formatShare(share)}</span>
          </span>
          <Meter value={quota.tokens_used} max={quota.tokens_limit} label={shellText.quotaUsed} className="bg-line" />
          <span className="num text-ink-3">
            {shellText.quotaOf(formatCount(quota.tokens_used), formatCount(quota.tokens_limit))}
          </span>
        </>
      ) : (
        <span className="sr-only">{shellText.usage}</span>
      )}
    </Link>
  );
}
