import { z } from "zod";
import { microUsdFromUsd } from "./money";

/** `GET /v1/billing/compile-quota`. */
export const CompileQuotaView = z.object({
  plan: z.string(),
  tokens_used: z.number(),
  tokens_limit: z.number(),
  tokens_remaining: z.number(),
  resets_at: z.string().nullable(),
  overflow_enabled: z.boolean(),
  faces: z.array(
    z.object({
      face_id: z.string(),
      username: z.string(),
      tokens_in_graph: z.number(),
      tokens_charged_period: z.number(),
      tokens_charged_alltime: z.number(),
    }),
  ),
});
export type CompileQuotaView = z.infer<typeof CompileQuotaView>;

/** `PATCH /v1/billing/compile-quota`. */
export const CompileQuotaInput = z.strictObject({ overflow_enabled: z.boolean() });
export type CompileQuotaInput = z.infer<typeof CompileQuotaInput>;

/** `GET /v1/billing/balance`. */
export const BalanceView = z.object({
  balance_usd: z.number(),
  available_usd: z.number(),
  reserved_usd: z.number(),
  has_payment_method: z.boolean(),
  is_frozen: z.boolean(),
});
export type BalanceView = z.infer<typeof BalanceView>;

/** `POST /v1/admin/credits`: without an account it is the admin's own. */
export const GrantCreditInput = z.object({
  account_id: z.string().max(64).optional(),
  amount_usd: z.number().min(1e-6, "must be at least a millionth of a dollar").max(100_000).transform(microUsdFromUsd),
  note: z.string().trim().max(200).optional(),
});
export type GrantCreditInput = z.infer<typeof GrantCreditInput>;

/** What usage can be added up by. */
export const UsageGroup = z.enum(["model", "face", "key", "day"]);
export type UsageGroup = z.infer<typeof UsageGroup>;

/** What each day can be split by. */
export const UsageSplit = z.enum(["kind", "model", "face", "key"]);
export type UsageSplit = z.infer<typeof UsageSplit>;

export const WorkKind = z.enum(["chat", "proxy", "compile", "transcription", "portrait"]);
export type WorkKind = z.infer<typeof WorkKind>;

/** The database knows no year 0, and JavaScript writes years after 9999 in a way that it does not read. */
const knownTimes = { from: Date.parse("1970-01-01"), to: Date.parse("9999-12-31") };

/** A date, which is its beginning in UTC, or a time. */
export const IsoTime = z
  .union([z.iso.date(), z.iso.datetime({ offset: true })], {
    message: "must be a date such as 2026-11-21, or a time such as 2026-11-21T08:00:00Z",
  })
  .refine(
    (text) => Date.parse(text) >= knownTimes.from && Date.parse(text) <= knownTimes.to,
    "must lie between 1970-01-01 and 9999-12-31",
  );

/** Which work is meant: of one kind, model, face or key. `none`: without a face, or by people signed in. */
export const WorkFilter = z.object({
  kind: WorkKind.optional(),
  model: z.string().max(300).optional(),
  face_id: z.string().max(64).optional(),
  api_key_id: z.string().max(64).optional(),
});
export type WorkFilter = z.infer<typeof WorkFilter>;

/**
 * Which time is meant. A date is its beginning in UTC; the span holds `from` and ends before `to`. Instead of both:
 * `current` or `previous`, a period of the compile quota, or thirty days on a plan whose quota is not renewed.
 */
export const SpanQuery = z.object({
  from: IsoTime.optional(),
  to: IsoTime.optional(),
  period: z.enum(["current", "previous"]).optional(),
});
export type SpanQuery = z.infer<typeof SpanQuery>;

/** `GET /v1/billing/usage`. */
export const UsageQuery = WorkFilter.extend({
  ...SpanQuery.shape,
  group_by: UsageGroup.default("model"),
  split_by: UsageSplit.optional().describe(
    "With `group_by=day`: what each day and the totals are split by, into `parts`.",
  ),
  format: z.enum(["json", "csv"]).default("json"),
});
export type UsageQuery = z.infer<typeof UsageQuery>;

/** What was charged, by what it was charged for, in USD. */
const CostByKind = z.object({
  chat: z.number(),
  proxy: z.number(),
  compile: z.number(),
  transcription: z.number(),
  portrait: z.number(),
});

/** What was spared by sending a persona instead of the sources whole. Negative where a persona is the longer one. */
export const SavedTokens = z.object({
  answers: z
    .number()
    .describe("Answers whose trace is still kept and whose sources are known: only these are counted."),
  whole_tokens: z.number().describe("What the sources of the face would have taken in these answers."),
  persona_tokens: z.number().describe("What its persona took."),
  tokens_saved: z.number(),
});
export type SavedTokens = z.infer<typeof SavedTokens>;

const figures = {
  requests: z.number().describe("Answers of chat and of the proxies, transcriptions, and orders of portraits."),
  input_tokens: z.number().describe("What models read and wrote in them."),
  output_tokens: z.number(),
  compile_tokens: z.number().describe("Source tokens that were compiled, and the part of them that the quota covered."),
  quota_tokens: z.number(),
  cost_usd: z.number(),
  cost_by_kind_usd: CostByKind,
  saved: SavedTokens.nullable(),
};

/** What a day, or the whole span, is made of. */
export const UsagePart = z.object({
  key: z.string().describe("A kind, a model, an id; `none` where no face or no key took part."),
  label: z.string(),
  cost_usd: z.number(),
  tokens: z.number().describe("Read, written and compiled."),
});
export type UsagePart = z.infer<typeof UsagePart>;

/** One of the fields `model`, `face_id`, `api_key_id`, `day` is there: the one that was asked for. */
export const UsageRow = z.object({
  model: z.string().optional(),
  face_id: z.string().nullable().optional().describe("Null: no face took part."),
  api_key_id: z.string().nullable().optional().describe("Null: a signed-in person."),
  day: z.string().optional().describe("YYYY-MM-DD, UTC."),
  label: z.string().describe("As a person calls it."),
  is_deleted: z.boolean().describe("The face or the key is gone since."),
  ...figures,
  parts: z.array(UsagePart).optional().describe("Of a day, where `split_by` asks for them."),
});
export type UsageRow = z.infer<typeof UsageRow>;

export const UsageReport = z.object({
  group_by: UsageGroup,
  from: z.string(),
  to: z.string(),
  rows: z.array(UsageRow),
  totals: z.object({
    ...figures,
    ledger_charges_usd: z
      .number()
      .describe("The ledger's charges of the same span, read from the ledger: equal to `cost_usd`."),
    parts: z.array(UsagePart).optional().describe("Dearest first."),
  }),
  traces_since: z.string().describe("Since when traces are kept, from which `saved` is counted."),
});
export type UsageReport = z.infer<typeof UsageReport>;

/** One piece of metered work: `GET /v1/billing/usage/records`. */
export const WorkView = z.object({
  id: z.string(),
  created_at: z.string(),
  kind: WorkKind,
  model: z.string(),
  face_id: z.string().nullable(),
  face: z.string().nullable().describe("Its username; null: none took part, or it is gone."),
  api_key_id: z.string().nullable(),
  api_key: z.string().nullable().describe("Its name; null: a signed-in person, or it is gone."),
  input_tokens: z.number(),
  output_tokens: z.number(),
  quota_tokens: z.number().describe("Compile only: the part that the plan's quota covered."),
  is_returned: z.boolean().describe("The quota was given back, since the text was deleted."),
  cost_usd: z.number(),
});
export type WorkView = z.infer<typeof WorkView>;

/** A day of the compile quota, UTC. */
export const QuotaDay = z.object({
  day: z.string(),
  taken: z.number().describe("Taken from the quota on it, and given back on it since a text was deleted."),
  returned: z.number(),
  used: z.number().describe("What the quota had lost at its end."),
});
export type QuotaDay = z.infer<typeof QuotaDay>;

/** Where the quota is heading: `GET /v1/billing/compile-quota/forecast`. An estimate, and how it was made. */
export const QuotaForecast = z.object({
  starts_at: z.string().describe("The period; without an end where the quota is not renewed."),
  ends_at: z.string().nullable(),
  tokens_limit: z.number(),
  tokens_used: z.number(),
  days: z.array(QuotaDay),
  /** null: `reason` says why nothing can be said */
  forecast: z
    .object({
      tokens_per_day: z.number().describe("Of the last seven days, compiling past the quota among them."),
      slowest_per_day: z
        .number()
        .describe("Of the slowest and of the fastest seven days in a row of the last eight weeks."),
      fastest_per_day: z.number(),
      runs_out_at: z
        .string()
        .nullable()
        .describe("When it is used up at that pace; null: not in this period, or not within a year."),
      credit_usd_per_day: z
        .number()
        .nullable()
        .describe("What compiling costs a day after that; null: not known, as where syncs stop."),
    })
    .nullable(),
  reason: z
    .enum(["too_little", "quiet", "used_up"])
    .nullable()
    .describe("`too_little`: under three days with compiling; `quiet`: none in the last seven days; `used_up`."),
});
export type QuotaForecast = z.infer<typeof QuotaForecast>;

/** Something an account should know: `GET /v1/billing/notices`. */
export const NoticeView = z.object({
  id: z.string(),
  kind: z.string().describe("Quota_50 | quota_80 | quota_100 | credit_low | payment_failed | plan_ended."),
  message: z.string().describe("What it says, in whole sentences."),
  data: z.record(z.string(), z.unknown()).describe("The figures behind it."),
  created_at: z.string(),
  read_at: z.string().nullable().describe("Null: news."),
});
export type NoticeView = z.infer<typeof NoticeView>;
