import type { Rate, Voice } from "@/lib/compile/schemas";

/** One line of the table: the face's figure, the others', and whether the difference is more than chance. */
export type VoiceFigure = { label: string; own: string; others: string | null; isTelling: boolean };

/** Beyond two standard errors a difference is seldom chance. */
const tellingZ = 2;
/** Too few turns show nothing, however large the difference. */
const fewestCounted = 3;

const percent = (share: number): string => `${Math.round(share * 100)}%`;
const plain = (value: number): string => (value < 10 ? value.toFixed(1) : String(Math.round(value)));

function figure(label: string, rate: Rate, show: (value: number) => string): VoiceFigure[] {
  if (rate.count === 0 && !rate.others) return [];
  return [
    {
      label,
      own: show(rate.value),
      others: rate.others === null ? null : show(rate.others),
      isTelling: rate.z !== null && Math.abs(rate.z) >= tellingZ && (rate.count >= fewestCounted || rate.z < 0),
    },
  ];
}

const plainFigure = (label: string, own: number, others: number | null): VoiceFigure => ({
  label,
  own: plain(own),
  others: others === null ? null : plain(others),
  isTelling: false,
});

/** The figures of a voice in groups, as a table shows them; what neither side does is left out. */
export function voiceFigures(voice: Voice): { title: string; figures: VoiceFigure[] }[] {
  const { shares, punctuation_per_1000: marks } = voice;
  return [
    {
      title: "Length",
      figures: [
        plainFigure("Words in a turn, half the time at most", voice.turn_words.median, voice.turn_words.others),
        plainFigure("Words in a sentence", voice.sentence_words.median, voice.sentence_words.others),
      ],
    },
    {
      title: "Of all turns",
      figures: [
        ...figure("Ask something", shares.questions, percent),
        ...figure("Exclaim", shares.exclamations, percent),
        ...figure("Begin with a small letter", shares.lower_case_starts, percent),
        ...figure("End without a mark", shares.open_ends, percent),
        ...figure("Hold an emoji", shares.emoji, percent),
        ...figure("Shout a word", shares.capitals, percent),
      ],
    },
    {
      title: "In a thousand words",
      figures: [
        ...figure("Hedges", voice.hedges_per_1000.rate, plain),
        ...figure("Intensifiers", voice.intensifiers_per_1000.rate, plain),
        ...figure("Commas", marks.comma, plain),
        ...figure("Semicolons", marks.semicolon, plain),
        ...figure("Colons", marks.colon, plain),
        ...figure("Dashes", marks.dash, plain),
        ...figure("Ellipses", marks.ellipsis, plain),
        ...figure("Parentheses", marks.parenthesis, plain),
      ],
    },
    {
      title: "Manner",
      figures: [
        ...figure("Contracts where English can", voice.contractions, percent),
        ...(voice.formality
          ? [plainFigure("Formality, talk 40, newspaper 65", voice.formality.value, voice.formality.others)]
          : []),
        ...(voice.variety
          ? [plainFigure("Different words in any fifty", voice.variety.value, voice.variety.others)]
          : []),
      ],
    },
  ].filter(({ figures }) => figures.length > 0);
}
