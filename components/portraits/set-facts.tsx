"use client";

import { useId, useState } from "react";
import { portraitsText } from "@/components/strings/portraits";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Switch } from "@/components/ui/switch";
import { toast } from "@/components/ui/toast";
import { formatDateTime, formatDay } from "@/lib/format";
import type { FaceView } from "@/lib/faces/schemas";
import { type Consent, keptDays, type TuneDetail } from "@/lib/portraits/tune-schemas";
import { useExtendTune, useUpdateTune } from "./use-tunes";

/** Who agreed, as it was written down. */
export function ConsentSection({ consent }: { consent: Consent }) {
  const [isOpen, setIsOpen] = useState(false);
  const day = formatDay(consent.at);
  return (
    <section aria-labelledby="consent" className="grid justify-items-start gap-2">
      <h3 id="consent">{portraitsText.consent}</h3>
      <p className="text-2 text-ink-2 [overflow-wrap:anywhere]">
        {consent.how === "vouched"
          ? portraitsText.vouchedBy(byOf(consent), day)
          : portraitsText.saidOn(consent.text, day)}
      </p>
      <button
        type="button"
        onClick={() => setIsOpen(true)}
        className="min-h-6 text-2 text-accent underline underline-offset-2 hover:text-accent-hover"
      >
        {portraitsText.record}
      </button>
      <Dialog
        open={isOpen}
        onOpenChange={setIsOpen}
        title={portraitsText.recordTitle}
        description={portraitsText.recordNote}
      >
        <dl className="grid gap-3 text-2">
          <Fact name={portraitsText.recordBy}>{byOf(consent)}</Fact>
          <Fact name={portraitsText.recordHow}>{portraitsText.recordHows[consent.how]}</Fact>
          <Fact name={portraitsText.recordWords}>{consent.text}</Fact>
          <Fact name={portraitsText.recordAt}>{formatDateTime(consent.at)}</Fact>
        </dl>
      </Dialog>
    </section>
  );
}

const byOf = ({ by }: Consent): string => (by === "person" ? portraitsText.recordByYou : by);

export function Fact({ name, children }: { name: string; children: React.ReactNode }) {
  return (
    <div className="grid gap-0.5">
      <dt className="text-1 text-ink-3">{name}</dt>
      <dd className="[overflow-wrap:anywhere]">{children}</dd>
    </div>
  );
}

/** Until when the set is kept, and ways to move that. */
export function KeptUntilSection({ face, tune }: { face: FaceView; tune: TuneDetail }) {
  const id = useId();
  const update = useUpdateTune(face.username, tune.id);
  const extend = useExtendTune(face.username, tune);
  const { expires_at: end, auto_extend: isExtending } = tune;
  const failed = (error: Error) => toast.error(portraitsText.notExtended(error.message));
  if (end === null) return null;
  return (
    <section aria-labelledby="kept-until" className="grid justify-items-start gap-2">
      <h3 id="kept-until">{portraitsText.keptUntil}</h3>
      <p className="num text-2 text-ink-2">
        {isExtending ? portraitsText.keptWhileUsed(end, keptDays) : portraitsText.keptUntilNote(end)}
      </p>
      <span className="flex items-center gap-2 text-2">
        <Switch
          id={id}
          checked={isExtending}
          disabled={update.isPending}
          onCheckedChange={(auto_extend) => update.mutate({ auto_extend }, { onError: failed })}
        />
        <label htmlFor={id} className="min-h-6 content-center">
          {portraitsText.extendItself}
        </label>
      </span>
      <Button
        disabled={extend.isPending}
        onClick={() =>
          extend.mutate(undefined, {
            onSuccess: ({ expires_at }) => toast(portraitsText.extended(expires_at ?? end)),
            onError: failed,
          })
        }
      >
        {portraitsText.extendNow(keptDays)}
      </Button>
    </section>
  );
}
