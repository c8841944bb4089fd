-- CreateIndex
CREATE INDEX "traces_created_at_idx" ON "traces"("created_at");
