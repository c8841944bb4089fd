-- what an engine has to know again after a crash, and the money that is held
ALTER TABLE "prompts" ADD COLUMN "engine_memory" JSONB, ADD COLUMN "reservation_id" TEXT;
