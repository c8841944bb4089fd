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

/** `GET /v1/billing/usage`: a date is its beginning in UTC; the span holds `from` and ends before `to`. */
export const UsageQuery = z.object({
  group_by: UsageGroup.default("model"),
  from: IsoTime.optional(),
  to: IsoTime.optional(),
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
  }),
  /** since when traces are kept, from which `saved` is counted */
  traces_since: z.string(),
});
export type UsageReport = z.infer<typeof UsageReport>;

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
