"use client";

import { ExternalLink, RefreshCw } from "lucide-react";
import { useId, useState } from "react";
import { toast } from "@/components/ui/toast";
import { embedText } from "@/components/strings/embed";
import { ApiErrorBlock } from "@/components/ui/api-error-block";
import { Button } from "@/components/ui/button";
import { CopyButton } from "@/components/ui/copy-button";
import { Dialog, DialogActions } from "@/components/ui/dialog";
import { Switch } from "@/components/ui/switch";
import type { EmbedView } from "@/lib/embed/schemas";
import type { FaceView } from "@/lib/faces/schemas";
import { useRotateEmbed, type EmbedChange } from "./use-embed";

type EmbedAddressProps = { face: FaceView; embed: EmbedView; onChange: (change: EmbedChange) => void };

/** Whether the page is there, whether it stands by itself, and where. */
export function EmbedAddress({ face, embed, onChange }: EmbedAddressProps) {
  const name = face.name ?? face.username;
  const isReachable = embed.is_enabled && embed.is_public;
  return (
    <>
      <LabelledSwitch
        label={embedText.isOn}
        hint={embed.is_enabled ? null : embedText.isOff}
        isOn={embed.is_enabled}
        onChange={(is_enabled) => onChange({ is_enabled })}
      />
      <LabelledSwitch
        label={embedText.publicPage}
        hint={embed.is_public ? embedText.publicHint(name) : embedText.publicOff}
        isOn={embed.is_public}
        isDisabled={!embed.is_enabled}
        onChange={(is_public) => onChange({ is_public })}
      />
      {isReachable ? (
        <div className="flex min-w-0 items-center gap-1">
          <a
            href={embed.public_url}
            target="_blank"
            rel="noopener"
            className="link min-w-0 truncate font-mono text-2"
            title={embedText.openPage}
          >
            {embed.public_url}
          </a>
          <ExternalLink size={12} strokeWidth={1.75} aria-hidden className="text-ink-3" />
          <CopyButton text={embed.public_url} label={embedText.copyAddress} />
        </div>
      ) : null}
      <NewAddress face={face} />
    </>
  );
}

type LabelledSwitchProps = {
  label: string;
  hint: string | null;
  isOn: boolean;
  isDisabled?: boolean;
  onChange: (isOn: boolean) => void;
};

function LabelledSwitch({ label, hint, isOn, isDisabled = false, onChange }: LabelledSwitchProps) {
  const id = useId();
  return (
    <div className="grid gap-1">
      <div className="flex items-center gap-2">
        <Switch
          id={id}
          checked={isOn}
          disabled={isDisabled}
          onCheckedChange={onChange}
          {...(hint === null ? {} : { "aria-describedby": `${id}-hint` })}
        />
        <label htmlFor={id} className="text-2 font-strong">
          {label}
        </label>
      </div>
      {hint === null ? null : (
        <p id={`${id}-hint`} className="text-1 text-ink-3">
          {hint}
        </p>
      )}
    </div>
  );
}

function NewAddress({ face }: { face: FaceView }) {
  const [isOpen, setIsOpen] = useState(false);
  const rotate = useRotateEmbed(face.username);
  const turn = () =>
    rotate.mutate(undefined, {
      onSuccess: () => {
        setIsOpen(false);
        toast(embedText.rotated);
      },
    });
  return (
    <>
      <Button className="justify-self-start" onClick={() => setIsOpen(true)}>
        <RefreshCw size={14} strokeWidth={1.75} aria-hidden />
        {embedText.rotate}
      </Button>
      <Dialog open={isOpen} onOpenChange={setIsOpen} title={embedText.rotateTitle} description={embedText.rotateAbout}>
        {rotate.error ? <ApiErrorBlock title={embedText.saveFailed} error={rotate.error} /> : null}
        <DialogActions>
          <Button look="danger" disabled={rotate.isPending} onClick={turn}>
            {embedText.rotateDo}
          </Button>
          <Button look="ghost" onClick={() => setIsOpen(false)}>
            {embedText.keep}
          </Button>
        </DialogActions>
      </Dialog>
    </>
  );
}
