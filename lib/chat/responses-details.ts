import { z } from "zod";
import type { Logprob, UrlCitation } from "./responses-items";

const Option = z.looseObject({ token: z.string(), logprob: z.number(), bytes: z.array(z.int()).nullish() });
const Logprobs = z.looseObject({
  content: z.array(Option.extend({ top_logprobs: z.array(Option).nullish() })).nullish(),
});

const Annotations = z.array(
  z.looseObject({
    type: z.literal("url_citation"),
    url_citation: z.looseObject({
      start_index: z.int().default(0),
      end_index: z.int().default(0),
      url: z.string(),
      title: z.string().default(""),
    }),
  }),
);

/** What a chat completion tells of likelihoods, with the bytes that some servers leave out. */
export function readLogprobs(value: unknown): Logprob[] {
  const content = Logprobs.safeParse(value).data?.content ?? [];
  return content.map((one) => ({ ...toOption(one), top_logprobs: (one.top_logprobs ?? []).map(toOption) }));
}

function toOption({ token, logprob, bytes }: z.infer<typeof Option>): Omit<Logprob, "top_logprobs"> {
  return { token, logprob, bytes: bytes ?? [...Buffer.from(token)] };
}

/** Where a chat completion says that its text comes from. */
export function readCitations(value: unknown): UrlCitation[] {
  const citations = Annotations.safeParse(value).data ?? [];
  return citations.map(({ url_citation: { start_index, end_index, url, title } }) => ({
    type: "url_citation",
    start_index,
    end_index,
    url,
    title,
  }));
}
