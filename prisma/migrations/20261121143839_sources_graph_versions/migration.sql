-- AlterTable
ALTER TABLE "documents" ADD COLUMN     "byte_size" INTEGER,
ADD COLUMN     "format" TEXT NOT NULL DEFAULT 'text',
ADD COLUMN     "media_seconds" DOUBLE PRECISION,
ADD COLUMN     "notes" JSONB NOT NULL DEFAULT '[]',
ADD COLUMN     "source_url" TEXT,
ADD COLUMN     "storage_key" TEXT;

-- AlterTable
ALTER TABLE "faces" ADD COLUMN     "centroids" BYTEA,
ADD COLUMN     "fidelity" JSONB,
ADD COLUMN     "revision" INTEGER NOT NULL DEFAULT 0;

-- CreateTable
CREATE TABLE "concepts" (
    "id" TEXT NOT NULL,
    "face_id" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "name" TEXT NOT NULL,

    CONSTRAINT "concepts_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "concept_links" (
    "primitive_id" TEXT NOT NULL,
    "concept_id" TEXT NOT NULL,

    CONSTRAINT "concept_links_pkey" PRIMARY KEY ("primitive_id","concept_id")
);

-- CreateTable
CREATE TABLE "findings" (
    "id" TEXT NOT NULL,
    "face_id" TEXT NOT NULL,
    "document_id" TEXT NOT NULL,
    "chunk_id" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "kind" TEXT NOT NULL,
    "start" INTEGER NOT NULL,
    "end" INTEGER NOT NULL,
    "quote" TEXT NOT NULL,

    CONSTRAINT "findings_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "face_versions" (
    "face_id" TEXT NOT NULL,
    "number" INTEGER NOT NULL,
    "reason" TEXT NOT NULL,
    "sources" JSONB NOT NULL,
    "overrides" JSONB NOT NULL,
    "counts" JSONB NOT NULL,
    "graph_hash" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "face_versions_pkey" PRIMARY KEY ("face_id","number")
);

-- CreateIndex
CREATE UNIQUE INDEX "concepts_face_id_key_key" ON "concepts"("face_id", "key");

-- CreateIndex
CREATE INDEX "concept_links_concept_id_idx" ON "concept_links"("concept_id");

-- CreateIndex
CREATE INDEX "findings_face_id_idx" ON "findings"("face_id");

-- CreateIndex
CREATE INDEX "findings_document_id_idx" ON "findings"("document_id");

-- CreateIndex
CREATE INDEX "findings_chunk_id_idx" ON "findings"("chunk_id");

-- AddForeignKey
ALTER TABLE "concepts" ADD CONSTRAINT "concepts_face_id_fkey" FOREIGN KEY ("face_id") REFERENCES "faces"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "concept_links" ADD CONSTRAINT "concept_links_primitive_id_fkey" FOREIGN KEY ("primitive_id") REFERENCES "primitives"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "concept_links" ADD CONSTRAINT "concept_links_concept_id_fkey" FOREIGN KEY ("concept_id") REFERENCES "concepts"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "findings" ADD CONSTRAINT "findings_face_id_fkey" FOREIGN KEY ("face_id") REFERENCES "faces"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "findings" ADD CONSTRAINT "findings_document_id_fkey" FOREIGN KEY ("document_id") REFERENCES "documents"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "findings" ADD CONSTRAINT "findings_chunk_id_fkey" FOREIGN KEY ("chunk_id") REFERENCES "chunks"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "face_versions" ADD CONSTRAINT "face_versions_face_id_fkey" FOREIGN KEY ("face_id") REFERENCES "faces"("id") ON DELETE CASCADE ON UPDATE CASCADE;
