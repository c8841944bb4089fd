import { ErrorBlock } from "@/components/ui/error-block";
import type { SignInProblem } from "./sign-in-problem";

export function ProblemBlock({ problem }: { problem: Pick<SignInProblem, "title" | "reason" | "requestId"> }) {
  return (
    <ErrorBlock title={problem.title} requestId={problem.requestId}>
      {problem.reason}
    </ErrorBlock>
  );
}
