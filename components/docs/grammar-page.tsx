import Link from "next/link";
import { componentKeys, componentNames, type ComponentKey } from "@/components/fingerprint/components";
import { RingKey } from "@/components/fingerprint/ring-key";
import { Mark } from "@/components/shell/mark";
import { ThemeSwitch } from "@/components/shell/theme-switch";
import { grammarText } from "@/components/strings/grammar";
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
          <Link href="/faces">{grammarText.yourFaces}</Link>
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
      <h1 className="text-5 font-title text-balance">{grammarText.title}</h1>
      <p className="measure text-ink-2">{grammarText.intro(maxStatementWords)}</p>
      <p className="overflow-x-auto rounded-3 border border-line bg-sunk px-4 py-3 font-mono text-2">
        {grammarText.form}
      </p>
      <p className="measure text-ink-2">{grammarText.whatLasts}</p>
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
              <span>{grammarText.not(kind.nearMiss.why)}</span>
              <span className="quote">{kind.nearMiss.text}</span>
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

function Rules() {
  return (
    <section aria-labelledby="rules" className="grid gap-3">
      <h2 id="rules" className="text-4 font-title">
        {grammarText.rulesTitle}
      </h2>
      <dl className="grid gap-x-10 gap-y-6 wide:grid-cols-2">
        {grammarText.rules.map((rule) => (
          <div key={rule.title} className="grid content-start gap-1">
            <dt className="font-strong">{rule.title}</dt>
            <dd className="measure text-2 text-ink-2">{rule.text}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
