import Link from "next/link";
import { componentKeys, componentNames, type ComponentKey } from "@/components/fingerprint/components";
import { RingKey } from "@/components/fingerprint/ring-key";
import { Mark } from "@/components/shell/mark";
import { ThemeSwitch } from "@/components/shell/theme-switch";
import { Button } from "@/components/ui/button";

/** A predicate with what it holds, a sentence that is one, and one that only looks like it. */
type GrammarKind = {
  component: ComponentKey;
  predicate: string;
  meaning: string;
  example: string;
  nearMiss: { text: string; why: string };
};

type GrammarPageProps = { kinds: readonly GrammarKind[]; maxStatementWords: number };

/** What the compiler keeps of a text, in which form, and by which rules: the whole grammar on one page. */
export function GrammarPage({ kinds, maxStatementWords }: GrammarPageProps) {
  return (
    <div className="mx-auto max-w-280 px-4 mid:px-6">
      <header className="flex h-16 items-center gap-4 wide:gap-6">
        <Mark href="/" className="mr-auto" />
        <ThemeSwitch />
        <Button asChild>
          <Link href="/faces">Your faces</Link>
        </Button>
      </header>
      <main id="main" tabIndex={-1} className="grid gap-10 pt-6 pb-16 outline-none">
        <Intro maxStatementWords={maxStatementWords} />
        {componentKeys.map((component) => (
          <Predicates
            key={component}
            component={component}
            kinds={kinds.filter((kind) => kind.component === component)}
          />
        ))}
        <Rules />
      </main>
    </div>
  );
}

function Intro({ maxStatementWords }: Pick<GrammarPageProps, "maxStatementWords">) {
  return (
    <section className="grid gap-4">
      <h1 className="text-5 font-title text-balance">What is kept of a text</h1>
      <p className="measure text-ink-2">
        A text becomes short statements, called primitives. Each has a form from the closed list on this page, stands in
        the first person in at most {maxStatementWords} words, and names the sentence it rests on by its exact place in
        the text. Nothing is kept under any other form.
      </p>
      <p className="overflow-x-auto rounded-3 border border-line bg-sunk px-4 py-3 font-mono text-2">
        component.predicate [not] object [when …] [because …]
      </p>
      <p className="measure text-ink-2">
        Only what lasts counts: traits, roles, bonds, skills, norms, tastes, beliefs, goals, habits, ways of thinking.
        One act, one feeling, one plan does not; nor what somebody else is like, what others are quoted as saying, or
        what an editor adds.
      </p>
    </section>
  );
}

function Predicates({ component, kinds }: { component: ComponentKey; kinds: readonly GrammarKind[] }) {
  const { name, letter } = componentNames[component];
  return (
    <section aria-labelledby={`kinds-${component}`} className="grid gap-3">
      <h2 id={`kinds-${component}`} className="flex items-center gap-2 text-4 font-title">
        <RingKey component={component} />
        {name}
        <span className="text-2 font-text text-ink-3">
          {letter} {component}
        </span>
      </h2>
      <dl className="border-y border-line">
        {kinds.map((kind) => (
          <div
            key={kind.predicate}
            className="grid gap-x-6 gap-y-1 border-t border-line py-3 first:border-t-0 wide:grid-cols-[176px_minmax(0,1fr)_minmax(0,1fr)]"
          >
            <dt className="font-mono text-2" style={{ color: `var(--${component}-text)` }}>
              {kind.predicate}
            </dt>
            <dd className="grid content-start gap-1">
              <span className="text-2 text-ink-2">{kind.meaning}</span>
              <span className="quote">{kind.example}</span>
            </dd>
            <dd className="grid content-start gap-1 text-2 text-ink-3">
              <span>Not: {kind.nearMiss.why}</span>
              <span className="quote">{kind.nearMiss.text}</span>
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

const rules = [
  {
    title: "Not",
    text: "The predicate is denied, or its object disliked, despised or lacking. For beliefs and values only a denied verb counts, not a negative inside the claim.",
  },
  {
    title: "When, because, how often",
    text: "A condition and a reason stay with the statement, and so does never, rarely, sometimes, often or always.",
  },
  {
    title: "The same twice",
    text: "Statements of the same predicate, polarity, condition and object are one primitive with several sentences under it. Texts that say it independently make it surer; one text that repeats it does not.",
  },
  {
    title: "Opposites",
    text: "The same predicate and object with the opposite polarity are a tension: both are kept, each with its sources, and both are told. Under different conditions they are no contradiction.",
  },
  {
    title: "Confidence",
    text: "Each primitive carries the probability that it is a lasting statement of the face, measured on texts the engine had not seen. Below 0.6 it is a draft: shown for review, and used only where nothing better answers.",
  },
  {
    title: "Whose words",
    text: "In a conversation only the face’s own turns are read. In a text about the face only what is said of the face; where it stays unclear who is meant, the sentence is shown to you and not compiled.",
  },
  {
    title: "Instructions in a text",
    text: "A passage that tells a machine what to do is shown to you as a finding. It is never compiled and never obeyed.",
  },
];

function Rules() {
  return (
    <section aria-labelledby="rules" className="grid gap-3">
      <h2 id="rules" className="text-4 font-title">
        Rules
      </h2>
      <dl className="grid gap-x-10 gap-y-6 wide:grid-cols-2">
        {rules.map((rule) => (
          <div key={rule.title} className="grid content-start gap-1">
            <dt className="font-strong">{rule.title}</dt>
            <dd className="measure text-2 text-ink-2">{rule.text}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
