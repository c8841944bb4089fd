"use client";

import { ApiErrorBlock } from "@/components/ui/api-error-block";
import { Meter } from "@/components/ui/meter";
import type { CompileQuotaView } from "@/lib/billing/schemas";
import { formatCount } from "@/lib/format";
import { useSetOverflow } from "./use-billing";

export function QuotaBar({ quota }: { quota: CompileQuotaView }) {
  const share = quota.tokens_limit > 0 ? quota.tokens_used / quota.tokens_limit : 0;
  return (
    <section className="grid gap-2">
      <div className="num flex flex-wrap items-baseline gap-x-3">
        <h2 className="mr-auto">Compile tokens this period</h2>
        <span className="text-2 text-ink-2">
          {formatCount(quota.tokens_used)} of {formatCount(quota.tokens_limit)}, {Math.round(share * 100)}%
        </span>
      </div>
      <Meter
        value={quota.tokens_used}
        max={quota.tokens_limit}
        label="Compile tokens used"
        tone="accent"
        className="h-2"
      />
      <p className="measure text-2 text-ink-3">
        One quota for all your faces: reading a text costs its tokens, once. Deleting a text gives back what it cost in
        this period.
      </p>
      <Overflow isEnabled={quota.overflow_enabled} />
    </section>
  );
}

function Overflow({ isEnabled }: { isEnabled: boolean }) {
  const overflow = useSetOverflow();
  return (
    <>
      <label className="flex w-fit cursor-pointer items-center gap-2 py-1 text-2">
        <input
          type="checkbox"
          checked={overflow.isPending ? overflow.variables : isEnabled}
          disabled={overflow.isPending}
          onChange={({ target }) => overflow.mutate(target.checked)}
          className="size-4 accent-accent"
        />
        Where the quota ends, go on with credit
      </label>
      {overflow.error ? <ApiErrorBlock title="That was not changed" error={overflow.error} /> : null}
    </>
  );
}
