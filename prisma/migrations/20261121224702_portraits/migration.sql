-- AlterTable
ALTER TABLE "faces" ADD COLUMN     "portrait_id" TEXT;

-- CreateTable
CREATE TABLE "tunes" (
    "id" SERIAL NOT NULL,
    "account_id" TEXT NOT NULL,
    "face_id" TEXT,
    "title" TEXT NOT NULL,
    "name" TEXT,
    "token" TEXT NOT NULL DEFAULT 'ohwx',
    "model_type" TEXT NOT NULL DEFAULT 'faceid',
    "branch" TEXT,
    "base_tune_id" INTEGER,
    "callback" TEXT,
    "steps" INTEGER,
    "face_crop" BOOLEAN,
    "args" TEXT,
    "is_api" BOOLEAN NOT NULL,
    "consent" JSONB NOT NULL,
    "notes" JSONB NOT NULL DEFAULT '[]',
    "remote_ids" JSONB NOT NULL DEFAULT '{}',
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "auto_extend" BOOLEAN NOT NULL DEFAULT false,
    "trained_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "tunes_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "tune_photos" (
    "id" TEXT NOT NULL,
    "tune_id" INTEGER NOT NULL,
    "position" INTEGER NOT NULL,
    "file_name" TEXT NOT NULL,
    "storage_key" TEXT NOT NULL,
    "mime_type" TEXT NOT NULL,
    "width" INTEGER NOT NULL,
    "height" INTEGER NOT NULL,
    "byte_size" INTEGER NOT NULL,
    "reading" JSONB NOT NULL,
    "descriptor" BYTEA NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "tune_photos_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "prompts" (
    "id" SERIAL NOT NULL,
    "account_id" TEXT NOT NULL,
    "api_key_id" TEXT,
    "tune_id" INTEGER NOT NULL,
    "text" TEXT NOT NULL,
    "negative_text" TEXT NOT NULL DEFAULT '',
    "callback" TEXT,
    "options" JSONB NOT NULL,
    "input_key" TEXT,
    "mask_key" TEXT,
    "engine" TEXT NOT NULL,
    "seed" INTEGER NOT NULL,
    "width" INTEGER NOT NULL,
    "height" INTEGER NOT NULL,
    "count" INTEGER NOT NULL,
    "is_mock" BOOLEAN NOT NULL DEFAULT false,
    "status" TEXT NOT NULL DEFAULT 'queued',
    "user_error" TEXT,
    "understood" JSONB NOT NULL DEFAULT '[]',
    "ignored" JSONB NOT NULL DEFAULT '[]',
    "notes" JSONB NOT NULL DEFAULT '[]',
    "cost_micro_usd" BIGINT NOT NULL DEFAULT 0,
    "started_at" TIMESTAMPTZ(3),
    "ended_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "prompts_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "prompt_references" (
    "prompt_id" INTEGER NOT NULL,
    "position" INTEGER NOT NULL,
    "tune_id" INTEGER NOT NULL,
    "strength" DOUBLE PRECISION NOT NULL,

    CONSTRAINT "prompt_references_pkey" PRIMARY KEY ("prompt_id","position")
);

-- CreateTable
CREATE TABLE "portraits" (
    "id" TEXT NOT NULL,
    "prompt_id" INTEGER NOT NULL,
    "position" INTEGER NOT NULL,
    "storage_key" TEXT NOT NULL,
    "mime_type" TEXT NOT NULL,
    "width" INTEGER NOT NULL,
    "height" INTEGER NOT NULL,
    "byte_size" INTEGER NOT NULL,
    "seed" INTEGER NOT NULL,
    "identity_score" DOUBLE PRECISION,
    "is_favourite" BOOLEAN NOT NULL DEFAULT false,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "portraits_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "callback_deliveries" (
    "id" TEXT NOT NULL,
    "account_id" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "subject_id" INTEGER NOT NULL,
    "url" TEXT NOT NULL,
    "status" TEXT NOT NULL DEFAULT 'waiting',
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "response_status" INTEGER,
    "error" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "delivered_at" TIMESTAMPTZ(3),

    CONSTRAINT "callback_deliveries_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "tunes_account_id_id_idx" ON "tunes"("account_id", "id");

-- CreateIndex
CREATE INDEX "tunes_face_id_idx" ON "tunes"("face_id");

-- CreateIndex
CREATE INDEX "tunes_expires_at_idx" ON "tunes"("expires_at");

-- CreateIndex
CREATE UNIQUE INDEX "tune_photos_tune_id_position_key" ON "tune_photos"("tune_id", "position");

-- CreateIndex
CREATE INDEX "prompts_account_id_id_idx" ON "prompts"("account_id", "id");

-- CreateIndex
CREATE INDEX "prompts_tune_id_idx" ON "prompts"("tune_id");

-- CreateIndex
CREATE INDEX "prompt_references_tune_id_idx" ON "prompt_references"("tune_id");

-- CreateIndex
CREATE UNIQUE INDEX "portraits_prompt_id_position_key" ON "portraits"("prompt_id", "position");

-- CreateIndex
CREATE INDEX "callback_deliveries_account_id_created_at_idx" ON "callback_deliveries"("account_id", "created_at");

-- CreateIndex
CREATE INDEX "callback_deliveries_kind_subject_id_idx" ON "callback_deliveries"("kind", "subject_id");

-- CreateIndex
CREATE INDEX "callback_deliveries_created_at_idx" ON "callback_deliveries"("created_at");

-- CreateIndex
CREATE UNIQUE INDEX "faces_portrait_id_key" ON "faces"("portrait_id");

-- AddForeignKey
ALTER TABLE "faces" ADD CONSTRAINT "faces_portrait_id_fkey" FOREIGN KEY ("portrait_id") REFERENCES "portraits"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "tunes" ADD CONSTRAINT "tunes_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "accounts"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "tunes" ADD CONSTRAINT "tunes_face_id_fkey" FOREIGN KEY ("face_id") REFERENCES "faces"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "tune_photos" ADD CONSTRAINT "tune_photos_tune_id_fkey" FOREIGN KEY ("tune_id") REFERENCES "tunes"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "prompts" ADD CONSTRAINT "prompts_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "accounts"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "prompt_references" ADD CONSTRAINT "prompt_references_prompt_id_fkey" FOREIGN KEY ("prompt_id") REFERENCES "prompts"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "prompt_references" ADD CONSTRAINT "prompt_references_tune_id_fkey" FOREIGN KEY ("tune_id") REFERENCES "tunes"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "portraits" ADD CONSTRAINT "portraits_prompt_id_fkey" FOREIGN KEY ("prompt_id") REFERENCES "prompts"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- Numbers of Astria's own gallery are smaller: a number of ours never names one of theirs.
ALTER SEQUENCE "tunes_id_seq" RESTART WITH 10000001;
ALTER SEQUENCE "prompts_id_seq" RESTART WITH 50000001;
