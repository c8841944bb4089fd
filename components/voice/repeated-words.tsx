import { voiceText } from "@/components/strings/voice";
import { Chip } from "@/components/ui/chip";
import { cn } from "@/components/ui/cn";
import type { Voice } from "@/lib/compile/schemas";
import { formatCount } from "@/lib/format";

type Word = { text: string; count: number; z?: number };

/** Above this a word is the face's own. */
const ownZ = 2;

/** What a face says again and again, and which of it is its own. */
export function RepeatedWords({ voice }: { voice: Voice }) {
  const { words } = voiceText;
  const lists: [string, readonly Word[]][] = [
    [words.openers, voice.openers],
    [words.closers, voice.closers],
    [words.phrases, voice.phrases],
    [words.favourites, voice.favourite_words],
    [words.hedges, voice.hedges_per_1000.list],
    [words.intensifiers, voice.intensifiers_per_1000.list],
    [words.emoji, voice.emoji],
  ];
  const shown = lists.filter(([, list]) => list.length > 0);
  if (shown.length === 0) return null;
  return (
    <section aria-labelledby="voice-words" className="grid gap-3">
      <div>
        <h2 id="voice-words">{voiceText.wordsTitle}</h2>
        <p className="text-2 text-ink-3">{voiceText.wordsAbout}</p>
      </div>
      <dl className="border-y border-line">
        {shown.map(([title, list]) => (
          <div
            key={title}
            className="grid gap-x-4 gap-y-2 border-t border-line py-3 first:border-t-0 mid:grid-cols-[112px_minmax(0,1fr)]"
          >
            <dt className="text-2 leading-6 text-ink-3">{title}</dt>
            <dd className="flex flex-wrap gap-2">
              {list.map(({ text, count, z = 0 }) => (
                <Chip key={text}>
                  <span className={cn("quote text-2", z >= ownZ && "font-title text-ink")}>{text}</span>
                  <span className="num text-ink-3">{formatCount(count)}</span>
                </Chip>
              ))}
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
