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

export const WorkKind = z.enum(["chat", "proxy", "compile", "transcription"]);
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
  /** with `group_by=day`: what each day and the totals are split by, into `parts` */
  split_by: UsageSplit.optional(),
  format: z.enum(["json", "csv"]).default("json"),
});
export type UsageQuery = z.infer<typeof UsageQuery>;

/** What was charged, by what it was charged for, in USD. */
const CostByKind = z.object({
  chat: z.number(),
  proxy: z.number(),
  compile: z.number(),
  transcription: z.number(),
});

/** What was spared by sending a persona instead of the sources whole. Negative where a persona is the longer one. */
export const SavedTokens = z.object({
  /** answers whose trace is still kept and whose sources are known: only these are counted */
  answers: z.number(),
  /** what the sources of the face would have taken in these answers */
  whole_tokens: z.number(),
  /** what its persona took */
  persona_tokens: z.number(),
  tokens_saved: z.number(),
});
export type SavedTokens = z.infer<typeof SavedTokens>;

const figures = {
  /** answers of chat and of the proxies, and transcriptions */
  requests: z.number(),
  /** what models read and wrote in them */
  input_tokens: z.number(),
  output_tokens: z.number(),
  /** source tokens that were compiled, and the part of them that the quota covered */
  compile_tokens: z.number(),
  quota_tokens: z.number(),
  cost_usd: z.number(),
  cost_by_kind_usd: CostByKind,
  saved: SavedTokens.nullable(),
};

/** What a day, or the whole span, is made of. */
export const UsagePart = z.object({
  /** a kind, a model, an id; `none` where no face or no key took part */
  key: z.string(),
  label: z.string(),
  cost_usd: z.number(),
  /** read, written and compiled */
  tokens: z.number(),
});
export type UsagePart = z.infer<typeof UsagePart>;

/** One of the fields `model`, `face_id`, `api_key_id`, `day` is there: the one that was asked for. */
export const UsageRow = z.object({
  model: z.string().optional(),
  /** null: no face took part */
  face_id: z.string().nullable().optional(),
  /** null: a signed-in person */
  api_key_id: z.string().nullable().optional(),
  /** YYYY-MM-DD, UTC */
  day: z.string().optional(),
  /** as a person calls it */
  label: z.string(),
  /** the face or the key is gone since */
  is_deleted: z.boolean(),
  ...figures,
  /** of a day, where `split_by` asks for them */
  parts: z.array(UsagePart).optional(),
});
export type UsageRow = z.infer<typeof UsageRow>;

export const UsageReport = z.object({
  group_by: UsageGroup,
  from: z.string(),
  to: z.string(),
  rows: z.array(UsageRow),
  totals: z.object({
    ...figures,
    /** the ledger's charges of the same span, read from the ledger: equal to `cost_usd` */
    ledger_charges_usd: z.number(),
    /** dearest first */
    parts: z.array(UsagePart).optional(),
  }),
  /** since when traces are kept, from which `saved` is counted */
  traces_since: z.string(),
});
export type UsageReport = z.infer<typeof UsageReport>;

/** One piece of metered work: `GET /v1/billing/usage/records`. */
export const WorkView = z.object({
  id: z.string(),
  created_at: z.string(),
  kind: WorkKind,
  model: z.string(),
  face_id: z.string().nullable(),
  /** its username; null: none took part, or it is gone */
  face: z.string().nullable(),
  api_key_id: z.string().nullable(),
  /** its name; null: a signed-in person, or it is gone */
  api_key: z.string().nullable(),
  input_tokens: z.number(),
  output_tokens: z.number(),
  /** compile only: the part that the plan's quota covered */
  quota_tokens: z.number(),
  /** the quota was given back, since the text was deleted */
  is_returned: z.boolean(),
  cost_usd: z.number(),
});
export type WorkView = z.infer<typeof WorkView>;

/** A day of the compile quota, UTC. */
export const QuotaDay = z.object({
  day: z.string(),
  /** taken from the quota on it, and given back on it since a text was deleted */
  taken: z.number(),
  returned: z.number(),
  /** what the quota had lost at its end */
  used: z.number(),
});
export type QuotaDay = z.infer<typeof QuotaDay>;

/** Where the quota is heading: `GET /v1/billing/compile-quota/forecast`. An estimate, and how it was made. */
export const QuotaForecast = z.object({
  /** the period; without an end where the quota is not renewed */
  starts_at: z.string(),
  ends_at: z.string().nullable(),
  tokens_limit: z.number(),
  tokens_used: z.number(),
  days: z.array(QuotaDay),
  /** null: `reason` says why nothing can be said */
  forecast: z
    .object({
      /** of the last seven days, compiling past the quota among them */
      tokens_per_day: z.number(),
      /** of the slowest and of the fastest seven days in a row of the last eight weeks */
      slowest_per_day: z.number(),
      fastest_per_day: z.number(),
      /** when it is used up at that pace; null: not in this period, or not within a year */
      runs_out_at: z.string().nullable(),
      /** what compiling costs a day after that; null: not known, as where syncs stop */
      credit_usd_per_day: z.number().nullable(),
    })
    .nullable(),
  /** `too_little`: under three days with compiling; `quiet`: none in the last seven days; `used_up` */
  reason: z.enum(["too_little", "quiet", "used_up"]).nullable(),
});
export type QuotaForecast = z.infer<typeof QuotaForecast>;

/** Something an account should know: `GET /v1/billing/notices`. */
export const NoticeView = z.object({
  id: z.string(),
  /** quota_50 | quota_80 | quota_100 | credit_low | payment_failed | plan_ended */
  kind: z.string(),
  /** what it says, in whole sentences */
  message: z.string(),
  /** the figures behind it */
  data: z.record(z.string(), z.unknown()),
  created_at: z.string(),
  /** null: news */
  read_at: z.string().nullable(),
});
export type NoticeView = z.infer<typeof NoticeView>;
