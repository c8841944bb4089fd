-- CreateTable
CREATE TABLE "stored_responses" (
    "id" TEXT NOT NULL,
    "account_id" TEXT NOT NULL,
    "face_id" TEXT,
    "api_key_id" TEXT,
    "previous_id" TEXT,
    "input" JSONB,
    "response" JSONB NOT NULL,
    "document_ids" TEXT[],
    "items" INTEGER NOT NULL,
    "bytes" INTEGER NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "stored_responses_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "stored_responses_account_id_idx" ON "stored_responses"("account_id");

-- CreateIndex
CREATE INDEX "stored_responses_face_id_idx" ON "stored_responses"("face_id");

-- CreateIndex
CREATE INDEX "stored_responses_created_at_idx" ON "stored_responses"("created_at");

-- AddForeignKey
ALTER TABLE "stored_responses" ADD CONSTRAINT "stored_responses_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "accounts"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "stored_responses" ADD CONSTRAINT "stored_responses_face_id_fkey" FOREIGN KEY ("face_id") REFERENCES "faces"("id") ON DELETE CASCADE ON UPDATE CASCADE;
