-- Astria's seeds have 32 bits and no sign
ALTER TABLE "prompts" ALTER COLUMN "seed" SET DATA TYPE BIGINT;
ALTER TABLE "portraits" ALTER COLUMN "seed" SET DATA TYPE BIGINT;
