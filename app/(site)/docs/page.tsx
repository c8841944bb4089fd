import type { Metadata } from "next";
import { GrammarPage } from "@/components/docs/grammar-page";
import { grammarText } from "@/components/strings/grammar";
import { kinds, maxStatementWords } from "@/lib/compile/grammar";

export const metadata: Metadata = { title: grammarText.tab };

export default function Page() {
  return <GrammarPage kinds={kinds} maxStatementWords={maxStatementWords} />;
}
