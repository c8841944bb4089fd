import { piecesOf } from "./answer";

/** One `logprobs` block in OpenAI's chat shape; every token looks equally likely, which is all a test needs. */
export function openaiLogprobs(text: string, topCount: number): { content: object[]; refusal: null } {
  return { content: piecesOf(text).map((token) => tokenLogprob(token, topCount)), refusal: null };
}

function tokenLogprob(token: string, topCount: number): object {
  const top = Array.from({ length: topCount }, (_, rank) => {
    const alternative = rank === 0 ? token : `${token}~${rank}`;
    return { token: alternative, logprob: -0.1 - rank, bytes: [...Buffer.from(alternative)] };
  });
  return { token, logprob: -0.1, bytes: [...Buffer.from(token)], top_logprobs: top };
}
