-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "public";

-- CreateTable
CREATE TABLE "accounts" (
    "id" TEXT NOT NULL,
    "name" TEXT,
    "email" TEXT,
    "password_hash" TEXT,
    "is_admin" BOOLEAN NOT NULL DEFAULT false,
    "is_frozen" BOOLEAN NOT NULL DEFAULT false,
    "plan" TEXT NOT NULL DEFAULT 'free',
    "plan_started_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "overflow_enabled" BOOLEAN NOT NULL DEFAULT true,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "accounts_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "wallets" (
    "address" TEXT NOT NULL,
    "account_id" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "wallets_pkey" PRIMARY KEY ("address")
);

-- CreateTable
CREATE TABLE "nonces" (
    "nonce" TEXT NOT NULL,
    "address" TEXT NOT NULL,
    "message" TEXT NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "nonces_pkey" PRIMARY KEY ("nonce")
);

-- CreateTable
CREATE TABLE "sessions" (
    "id" TEXT NOT NULL,
    "account_id" TEXT NOT NULL,
    "user_agent" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "sessions_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "api_keys" (
    "id" TEXT NOT NULL,
    "account_id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "hash" TEXT NOT NULL,
    "prefix" TEXT NOT NULL,
    "scopes" TEXT[],
    "allowlist" TEXT[],
    "allowed_faces" TEXT[],
    "allowed_models" TEXT[],
    "budget_micro_usd" BIGINT,
    "spent_micro_usd" BIGINT NOT NULL DEFAULT 0,
    "expires_at" TIMESTAMPTZ(3),
    "last_used_at" TIMESTAMPTZ(3),
    "revoked_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "api_keys_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "faces" (
    "id" TEXT NOT NULL,
    "account_id" TEXT,
    "username" TEXT NOT NULL,
    "name" TEXT,
    "aliases" TEXT[],
    "pronouns" TEXT,
    "basic_facts" TEXT NOT NULL DEFAULT '',
    "default_model" TEXT,
    "formula" TEXT,
    "version" INTEGER NOT NULL DEFAULT 0,
    "sync_failure" TEXT,
    "sync_error" TEXT,
    "synced_at" TIMESTAMPTZ(3),
    "sync_credit_micro_usd" BIGINT NOT NULL DEFAULT 0,
    "profile_tokens" INTEGER NOT NULL DEFAULT 0,
    "voice" JSONB,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "faces_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "documents" (
    "id" TEXT NOT NULL,
    "face_id" TEXT NOT NULL,
    "type" TEXT NOT NULL,
    "label" TEXT NOT NULL,
    "source" TEXT NOT NULL,
    "mime_type" TEXT NOT NULL,
    "perspective" TEXT NOT NULL,
    "face_speaker" TEXT,
    "speakers" TEXT[],
    "content_hash" TEXT NOT NULL,
    "token_count" INTEGER NOT NULL,
    "status" TEXT NOT NULL DEFAULT 'pending',
    "error" TEXT,
    "version" INTEGER NOT NULL DEFAULT 1,
    "queued_version" INTEGER,
    "compiled_version" INTEGER,
    "chunks_total" INTEGER NOT NULL DEFAULT 0,
    "tokens_charged" INTEGER NOT NULL DEFAULT 0,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,
    "synced_at" TIMESTAMPTZ(3),

    CONSTRAINT "documents_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "document_versions" (
    "document_id" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "content" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "document_versions_pkey" PRIMARY KEY ("document_id","version")
);

-- CreateTable
CREATE TABLE "chunks" (
    "id" TEXT NOT NULL,
    "document_id" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "index" INTEGER NOT NULL,
    "start" INTEGER NOT NULL,
    "end" INTEGER NOT NULL,
    "tokens" INTEGER NOT NULL,
    "engine" TEXT NOT NULL,
    "dropped" INTEGER NOT NULL DEFAULT 0,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "chunks_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "statements" (
    "id" TEXT NOT NULL,
    "face_id" TEXT NOT NULL,
    "document_id" TEXT NOT NULL,
    "chunk_id" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "primitive_id" TEXT,
    "start" INTEGER NOT NULL,
    "end" INTEGER NOT NULL,
    "quote" TEXT NOT NULL,
    "component" TEXT NOT NULL,
    "predicate" TEXT NOT NULL,
    "polarity" TEXT NOT NULL,
    "statement" TEXT NOT NULL,
    "object" TEXT NOT NULL,
    "condition" TEXT,
    "reason" TEXT,
    "strength" TEXT,
    "confidence" DOUBLE PRECISION NOT NULL,
    "alternatives" JSONB NOT NULL,
    "vector" BYTEA NOT NULL,

    CONSTRAINT "statements_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "primitives" (
    "id" TEXT NOT NULL,
    "face_id" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "component" TEXT NOT NULL,
    "predicate" TEXT NOT NULL,
    "polarity" TEXT NOT NULL,
    "statement" TEXT NOT NULL,
    "object" TEXT NOT NULL,
    "condition" TEXT,
    "reason" TEXT,
    "strength" TEXT,
    "confidence" DOUBLE PRECISION NOT NULL,
    "alternatives" JSONB NOT NULL,
    "vector" BYTEA NOT NULL,
    "state" TEXT NOT NULL,
    "is_pinned" BOOLEAN NOT NULL DEFAULT false,
    "is_disabled" BOOLEAN NOT NULL DEFAULT false,
    "edited_text" TEXT,
    "edited_component" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "primitives_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "edges" (
    "face_id" TEXT NOT NULL,
    "from_id" TEXT NOT NULL,
    "to_id" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "weight" DOUBLE PRECISION NOT NULL,

    CONSTRAINT "edges_pkey" PRIMARY KEY ("from_id","to_id","kind")
);

-- CreateTable
CREATE TABLE "spans" (
    "id" TEXT NOT NULL,
    "face_id" TEXT NOT NULL,
    "document_id" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "chunk_index" INTEGER NOT NULL,
    "ordinal" INTEGER NOT NULL,
    "start" INTEGER NOT NULL,
    "end" INTEGER NOT NULL,
    "text" TEXT NOT NULL,
    "speaker" TEXT,
    "is_face" BOOLEAN NOT NULL,
    "sentence_vectors" BYTEA NOT NULL,
    "context_vector" BYTEA NOT NULL,

    CONSTRAINT "spans_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "jobs" (
    "id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "key" TEXT,
    "payload" JSONB NOT NULL,
    "status" TEXT NOT NULL DEFAULT 'queued',
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "max_attempts" INTEGER NOT NULL,
    "run_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "lease_until" TIMESTAMPTZ(3),
    "fence" BIGINT NOT NULL DEFAULT 0,
    "worker_id" TEXT,
    "progress" JSONB,
    "cancel_requested" BOOLEAN NOT NULL DEFAULT false,
    "error" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "started_at" TIMESTAMPTZ(3),
    "finished_at" TIMESTAMPTZ(3),

    CONSTRAINT "jobs_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "job_steps" (
    "job_id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "result" JSONB,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "job_steps_pkey" PRIMARY KEY ("job_id","name")
);

-- CreateTable
CREATE TABLE "workers" (
    "id" TEXT NOT NULL,
    "seen_at" TIMESTAMPTZ(3) NOT NULL,
    "started_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "workers_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ledger_entries" (
    "id" TEXT NOT NULL,
    "account_id" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "amount_micro_usd" BIGINT NOT NULL,
    "reference" TEXT NOT NULL,
    "note" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "ledger_entries_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "reservations" (
    "id" TEXT NOT NULL,
    "account_id" TEXT NOT NULL,
    "api_key_id" TEXT,
    "amount_micro_usd" BIGINT NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "reservations_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "usage_records" (
    "id" TEXT NOT NULL,
    "account_id" TEXT NOT NULL,
    "api_key_id" TEXT,
    "face_id" TEXT,
    "document_id" TEXT,
    "kind" TEXT NOT NULL,
    "model" TEXT NOT NULL,
    "input_tokens" INTEGER NOT NULL,
    "output_tokens" INTEGER NOT NULL DEFAULT 0,
    "quota_tokens" INTEGER NOT NULL DEFAULT 0,
    "cost_micro_usd" BIGINT NOT NULL DEFAULT 0,
    "reference" TEXT NOT NULL,
    "released_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "usage_records_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "traces" (
    "id" TEXT NOT NULL,
    "account_id" TEXT NOT NULL,
    "face_id" TEXT,
    "face_version" INTEGER,
    "model" TEXT NOT NULL,
    "items" JSONB NOT NULL,
    "tokens" JSONB NOT NULL,
    "cost_micro_usd" BIGINT NOT NULL,
    "timings" JSONB NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "traces_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "idempotency_records" (
    "account_id" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "fingerprint" TEXT NOT NULL,
    "status" INTEGER,
    "body" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "idempotency_records_pkey" PRIMARY KEY ("account_id","key")
);

-- CreateIndex
CREATE UNIQUE INDEX "accounts_email_key" ON "accounts"("email");

-- CreateIndex
CREATE INDEX "wallets_account_id_idx" ON "wallets"("account_id");

-- CreateIndex
CREATE INDEX "nonces_expires_at_idx" ON "nonces"("expires_at");

-- CreateIndex
CREATE INDEX "sessions_account_id_idx" ON "sessions"("account_id");

-- CreateIndex
CREATE UNIQUE INDEX "api_keys_hash_key" ON "api_keys"("hash");

-- CreateIndex
CREATE INDEX "api_keys_account_id_idx" ON "api_keys"("account_id");

-- CreateIndex
CREATE UNIQUE INDEX "faces_account_id_username_key" ON "faces"("account_id", "username");

-- CreateIndex
CREATE INDEX "documents_face_id_created_at_idx" ON "documents"("face_id", "created_at");

-- CreateIndex
CREATE UNIQUE INDEX "documents_face_id_content_hash_key" ON "documents"("face_id", "content_hash");

-- CreateIndex
CREATE UNIQUE INDEX "chunks_document_id_version_index_key" ON "chunks"("document_id", "version", "index");

-- CreateIndex
CREATE INDEX "statements_face_id_idx" ON "statements"("face_id");

-- CreateIndex
CREATE INDEX "statements_document_id_idx" ON "statements"("document_id");

-- CreateIndex
CREATE INDEX "statements_chunk_id_idx" ON "statements"("chunk_id");

-- CreateIndex
CREATE INDEX "statements_primitive_id_idx" ON "statements"("primitive_id");

-- CreateIndex
CREATE INDEX "primitives_face_id_component_idx" ON "primitives"("face_id", "component");

-- CreateIndex
CREATE UNIQUE INDEX "primitives_face_id_key_key" ON "primitives"("face_id", "key");

-- CreateIndex
CREATE INDEX "edges_face_id_idx" ON "edges"("face_id");

-- CreateIndex
CREATE INDEX "edges_to_id_idx" ON "edges"("to_id");

-- CreateIndex
CREATE INDEX "spans_face_id_idx" ON "spans"("face_id");

-- CreateIndex
CREATE INDEX "spans_document_id_idx" ON "spans"("document_id");

-- CreateIndex
CREATE INDEX "jobs_status_run_at_idx" ON "jobs"("status", "run_at");

-- CreateIndex
CREATE INDEX "jobs_name_key_idx" ON "jobs"("name", "key");

-- CreateIndex
CREATE INDEX "ledger_entries_account_id_created_at_idx" ON "ledger_entries"("account_id", "created_at");

-- CreateIndex
CREATE UNIQUE INDEX "ledger_entries_account_id_kind_reference_key" ON "ledger_entries"("account_id", "kind", "reference");

-- CreateIndex
CREATE INDEX "reservations_account_id_idx" ON "reservations"("account_id");

-- CreateIndex
CREATE INDEX "reservations_expires_at_idx" ON "reservations"("expires_at");

-- CreateIndex
CREATE INDEX "usage_records_account_id_kind_created_at_idx" ON "usage_records"("account_id", "kind", "created_at");

-- CreateIndex
CREATE INDEX "usage_records_document_id_idx" ON "usage_records"("document_id");

-- CreateIndex
CREATE UNIQUE INDEX "usage_records_kind_reference_key" ON "usage_records"("kind", "reference");

-- CreateIndex
CREATE INDEX "traces_account_id_created_at_idx" ON "traces"("account_id", "created_at");

-- CreateIndex
CREATE INDEX "idempotency_records_created_at_idx" ON "idempotency_records"("created_at");

-- AddForeignKey
ALTER TABLE "wallets" ADD CONSTRAINT "wallets_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "accounts"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "sessions" ADD CONSTRAINT "sessions_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "accounts"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "api_keys" ADD CONSTRAINT "api_keys_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "accounts"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "faces" ADD CONSTRAINT "faces_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "accounts"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "documents" ADD CONSTRAINT "documents_face_id_fkey" FOREIGN KEY ("face_id") REFERENCES "faces"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "document_versions" ADD CONSTRAINT "document_versions_document_id_fkey" FOREIGN KEY ("document_id") REFERENCES "documents"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "chunks" ADD CONSTRAINT "chunks_document_id_fkey" FOREIGN KEY ("document_id") REFERENCES "documents"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "statements" ADD CONSTRAINT "statements_chunk_id_fkey" FOREIGN KEY ("chunk_id") REFERENCES "chunks"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "statements" ADD CONSTRAINT "statements_primitive_id_fkey" FOREIGN KEY ("primitive_id") REFERENCES "primitives"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "primitives" ADD CONSTRAINT "primitives_face_id_fkey" FOREIGN KEY ("face_id") REFERENCES "faces"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "edges" ADD CONSTRAINT "edges_face_id_fkey" FOREIGN KEY ("face_id") REFERENCES "faces"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "edges" ADD CONSTRAINT "edges_from_id_fkey" FOREIGN KEY ("from_id") REFERENCES "primitives"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "edges" ADD CONSTRAINT "edges_to_id_fkey" FOREIGN KEY ("to_id") REFERENCES "primitives"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "spans" ADD CONSTRAINT "spans_document_id_fkey" FOREIGN KEY ("document_id") REFERENCES "documents"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "job_steps" ADD CONSTRAINT "job_steps_job_id_fkey" FOREIGN KEY ("job_id") REFERENCES "jobs"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ledger_entries" ADD CONSTRAINT "ledger_entries_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "accounts"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "reservations" ADD CONSTRAINT "reservations_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "accounts"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "usage_records" ADD CONSTRAINT "usage_records_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "accounts"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- At most one queued or running job per name and key: pressing a button twice makes one job.
CREATE UNIQUE INDEX "jobs_active_key" ON "jobs" ("name", "key") WHERE "status" IN ('queued', 'running');

-- What a worker looks for.
CREATE INDEX "jobs_due" ON "jobs" ("run_at") WHERE "status" = 'queued';

-- NULLs are distinct in a unique index, so the sample faces need one of their own.
CREATE UNIQUE INDEX "faces_sample_username" ON "faces" ("username") WHERE "account_id" IS NULL;

-- Money that could not be: refused by the table itself.
ALTER TABLE "reservations" ADD CONSTRAINT "reservations_amount" CHECK ("amount_micro_usd" >= 0);
ALTER TABLE "usage_records" ADD CONSTRAINT "usage_cost" CHECK ("cost_micro_usd" >= 0 AND "input_tokens" >= 0 AND "output_tokens" >= 0 AND "quota_tokens" >= 0);
ALTER TABLE "ledger_entries" ADD CONSTRAINT "ledger_sign" CHECK (("kind" = 'charge' AND "amount_micro_usd" < 0) OR ("kind" = 'grant' AND "amount_micro_usd" > 0));
