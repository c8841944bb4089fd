import { voiceText } from "@/components/strings/voice";
import type { Rate, Voice } from "@/lib/compile/schemas";
import { formatCount, formatShare, formatTenths } from "@/lib/format";

/** One line of the table: the face's figure, the others', and whether the difference is more than chance. */
export type VoiceFigure = {
  label: string;
  own: string;
  others: string | null;
  isTelling: boolean;
  /** both as shares of the larger one with some room, for a drawing */
  bar: { own: number; others: number | null };
};

/** Beyond two standard errors a difference is seldom chance. */
const tellingZ = 2;
/** Too few turns show nothing, however large the difference. */
const fewestCounted = 3;
const room = 1.15;

const plain = (value: number): string => (value < 10 ? formatTenths(value) : formatCount(Math.round(value)));

function barOf(own: number, others: number | null): VoiceFigure["bar"] {
  const most = Math.max(own, others ?? 0) * room || 1;
  return { own: own / most, others: others === null ? null : others / most };
}

function figure(label: string, rate: Rate, show: (value: number) => string): VoiceFigure[] {
  if (rate.count === 0 && !rate.others) return [];
  return [
    {
      label,
      own: show(rate.value),
      others: rate.others === null ? null : show(rate.others),
      isTelling: rate.z !== null && Math.abs(rate.z) >= tellingZ && (rate.count >= fewestCounted || rate.z < 0),
      bar: barOf(rate.value, rate.others),
    },
  ];
}

const plainFigure = (label: string, own: number, others: number | null): VoiceFigure => ({
  label,
  own: plain(own),
  others: others === null ? null : plain(others),
  isTelling: false,
  bar: barOf(own, others),
});

/** The figures of a voice in groups, as a table shows them; what neither side does is left out. */
export function voiceFigures(voice: Voice): { title: string; figures: VoiceFigure[] }[] {
  const { shares, punctuation_per_1000: marks } = voice;
  const { groups, figures: words } = voiceText;
  return [
    {
      title: groups.length,
      figures: [
        plainFigure(words.turnWords, voice.turn_words.median, voice.turn_words.others),
        plainFigure(words.sentenceWords, voice.sentence_words.median, voice.sentence_words.others),
      ],
    },
    {
      title: groups.turns,
      figures: [
        ...figure(words.questions, shares.questions, formatShare),
        ...figure(words.exclamations, shares.exclamations, formatShare),
        ...figure(words.lowerCase, shares.lower_case_starts, formatShare),
        ...figure(words.openEnds, shares.open_ends, formatShare),
        ...figure(words.emoji, shares.emoji, formatShare),
        ...figure(words.capitals, shares.capitals, formatShare),
      ],
    },
    {
      title: groups.thousand,
      figures: [
        ...figure(words.hedges, voice.hedges_per_1000.rate, plain),
        ...figure(words.intensifiers, voice.intensifiers_per_1000.rate, plain),
        ...figure(words.comma, marks.comma, plain),
        ...figure(words.semicolon, marks.semicolon, plain),
        ...figure(words.colon, marks.colon, plain),
        ...figure(words.dash, marks.dash, plain),
        ...figure(words.ellipsis, marks.ellipsis, plain),
        ...figure(words.parenthesis, marks.parenthesis, plain),
      ],
    },
    {
      title: groups.manner,
      figures: [
        ...figure(words.contractions, voice.contractions, formatShare),
        ...(voice.formality ? [plainFigure(words.formality, voice.formality.value, voice.formality.others)] : []),
        ...(voice.variety
          ? [plainFigure(words.variety, 50 * voice.variety.value, perFifty(voice.variety.others))]
          : []),
      ],
    },
  ].filter(({ figures }) => figures.length > 0);
}

const perFifty = (share: number | null): number | null => (share === null ? null : 50 * share);
