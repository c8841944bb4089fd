"use client";

import Link from "next/link";
import { useCompileQuota } from "@/components/billing/use-billing";
import { syncText } from "@/components/strings/sync";
import { ApiErrorBlock } from "@/components/ui/api-error-block";
import { Button } from "@/components/ui/button";
import { ErrorBlock } from "@/components/ui/error-block";
import type { FaceView } from "@/lib/faces/schemas";
import { ApiError } from "@/lib/http/fetch-json";
import { useStartSync } from "./use-sync";

/** Why the last sync did not come to its end, and the ways on. */
export function SyncProblem({ face }: { face: FaceView }) {
  const start = useStartSync(face.username);
  const isUnpaid = face.sync_status === "payment_required";
  return (
    <>
      <ErrorBlock
        title={isUnpaid ? syncText.outOfCredit : syncText.failed}
        actions={
          <>
            {isUnpaid ? (
              <Button asChild look="primary">
                <Link href="/usage#credit">{syncText.addCreditAndGoOn}</Link>
              </Button>
            ) : null}
            <Button disabled={start.isPending} onClick={() => start.mutate()}>
              {start.isPending ? syncText.starting : isUnpaid ? syncText.goOn : syncText.tryAgain}
            </Button>
          </>
        }
      >
        {face.sync.error ?? syncText.noReason} {syncText.isKept} {isUnpaid ? <WhenItGoesOn /> : null}
      </ErrorBlock>
      {start.error ? <StartProblem error={start.error} /> : null}
    </>
  );
}

function WhenItGoesOn() {
  const { data: quota } = useCompileQuota();
  return (
    <>
      {syncText.goesOn} {quota?.resets_at ? syncText.quotaComesBack(quota.resets_at) : ""}{" "}
      {quota && !quota.overflow_enabled ? syncText.overflowOff : ""}
    </>
  );
}

/** A sync that was refused; what is missing most often is money. */
export function StartProblem({ error }: { error: Error }) {
  const isUnpaid = error instanceof ApiError && error.status === 402;
  return (
    <ApiErrorBlock
      title={syncText.notStarted}
      error={error}
      actions={
        isUnpaid ? (
          <Button asChild>
            <Link href="/usage#credit">{syncText.addCredit}</Link>
          </Button>
        ) : null
      }
    />
  );
}
