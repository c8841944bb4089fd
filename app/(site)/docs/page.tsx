import type { Metadata } from "next";
import { GrammarPage } from "@/components/docs/grammar-page";
import { kinds, maxStatementWords } from "@/lib/compile/grammar";

export const metadata: Metadata = { title: "How a face is compiled" };

export default function Page() {
  return <GrammarPage kinds={kinds} maxStatementWords={maxStatementWords} />;
}
