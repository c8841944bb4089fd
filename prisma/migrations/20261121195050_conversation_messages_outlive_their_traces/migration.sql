-- AlterTable
ALTER TABLE "conversation_messages" ADD COLUMN     "cost_micro_usd" BIGINT,
ADD COLUMN     "document_ids" TEXT[] DEFAULT ARRAY[]::TEXT[];
