import { z } from "zod";
import { AdminAccountView, HealthView, InviteView } from "@/lib/accounts/schemas";
import { AccountView, SessionView, SignInView, UserView, WalletView } from "@/lib/auth/schemas";
import { BalanceView, CompileQuotaView, NoticeView, SavedTokens, UsageReport, UsageRow } from "@/lib/billing/schemas";
import { StatementEntry } from "@/lib/billing/show-statement";
import { ChatCompletionView, MessageView, ModelView, ResponseView, TraceView } from "@/lib/chat/reply-schemas";
import { FindingView } from "@/lib/compile/list-findings";
import { VersionView } from "@/lib/compile/list-versions";
import { Exemplar, Fidelity, Figure, PrimitiveView, Rate, Voice } from "@/lib/compile/schemas";
import { DocumentView } from "@/lib/documents/schemas";
import { FaceView } from "@/lib/faces/schemas";
import { Similarity } from "@/lib/faces/similarity";
import { KeyView } from "@/lib/keys/schemas";
import { SubscriptionView } from "@/lib/payments/schemas";
import { DeliveryView, PhotosCheck, TuneDetail, TuneView } from "@/lib/portraits/tune-schemas";
import { RetrievedItem } from "@/lib/retrieve/schemas";

/** What is answered in several places, or is worth a name of its own. */
const named: Record<string, z.ZodType> = {
  Account: AccountView,
  AdminAccount: AdminAccountView,
  ApiKey: KeyView,
  Balance: BalanceView,
  ChatCompletion: ChatCompletionView,
  CompileQuota: CompileQuotaView,
  Delivery: DeliveryView,
  Document: DocumentView,
  Exemplar,
  Face: FaceView,
  Fidelity,
  Figure,
  Finding: FindingView,
  Health: HealthView,
  Invite: InviteView,
  LedgerEntry: StatementEntry,
  Message: MessageView,
  Model: ModelView,
  Notice: NoticeView,
  PersonWithPhotos: TuneDetail,
  PhotosCheck,
  Primitive: PrimitiveView,
  Rate,
  Response: ResponseView,
  RetrievedItem,
  SavedTokens,
  Session: SessionView,
  SignIn: SignInView,
  Similarity,
  Subscription: SubscriptionView,
  Trace: TraceView,
  Tune: TuneView,
  UsageReport,
  UsageRow,
  User: UserView,
  Version: VersionView,
  Voice,
  Wallet: WalletView,
};

/** The names of schemas in the document. */
export const schemaNames = z.registry<{ id: string }>();
for (const [id, schema] of Object.entries(named)) schemaNames.add(schema, { id });
