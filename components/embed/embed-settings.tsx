"use client";

import { toast } from "@/components/ui/toast";
import { embedText } from "@/components/strings/embed";
import { ApiErrorBlock } from "@/components/ui/api-error-block";
import { Segmented } from "@/components/ui/segmented";
import type { EmbedTheme, EmbedView } from "@/lib/embed/schemas";
import type { FaceView } from "@/lib/faces/schemas";
import { EmbedAddress } from "./embed-address";
import { EmbedEnd } from "./embed-end";
import { EmbedSnippet } from "./embed-snippet";
import { EmbedWords } from "./embed-words";
import { OriginsEditor } from "./origins-editor";
import { SettingRow } from "./setting-row";
import { useSaveEmbed, type EmbedChange } from "./use-embed";

const themes: { value: EmbedTheme; label: string }[] = [
  { value: "system", label: embedText.system },
  { value: "light", label: embedText.light },
  { value: "dark", label: embedText.dark },
];

/** Switches, sites and the theme hold at once; texts and numbers when they are saved. */
export function EmbedSettings({ face, embed }: { face: FaceView; embed: EmbedView }) {
  const save = useSaveEmbed(face.username);
  const change = (part: EmbedChange, said?: string) =>
    save.mutate(part, said === undefined ? {} : { onSuccess: () => toast(said) });

  return (
    <div className="min-w-0 [&>section:first-of-type]:pt-0">
      {save.error ? <ApiErrorBlock title={embedText.saveFailed} error={save.error} className="mb-6" /> : null}
      <SettingRow title={embedText.page}>
        <EmbedAddress face={face} embed={embed} onChange={change} />
      </SettingRow>
      <SettingRow title={embedText.origins}>
        <OriginsEditor origins={embed.origins} onChange={(origins) => change({ origins })} />
      </SettingRow>
      <EmbedWords
        key={embed.id}
        embed={embed}
        onReset={() => change({ reset_spent: true }, embedText.wasReset)}
        face={face}
      />
      <SettingRow title={embedText.look}>
        <Segmented
          label={embedText.theme}
          value={embed.theme}
          segments={themes}
          onChange={(theme) => change({ theme })}
          className="justify-self-start"
        />
      </SettingRow>
      <SettingRow title={embedText.snippet}>
        <EmbedSnippet face={face} embed={embed} />
      </SettingRow>
      <EmbedEnd face={face} />
    </div>
  );
}
