-- Files never outlive the rows that name them. A key stands here from before its file is written until a row names it,
-- and again from the moment that row is gone, whatever deleted it; housekeeping deletes the files that are due.
CREATE TABLE "orphaned_objects" (
    "key" TEXT NOT NULL,
    "due_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "orphaned_objects_pkey" PRIMARY KEY ("key")
);
CREATE INDEX "orphaned_objects_due_at_idx" ON "orphaned_objects"("due_at");

-- The same for copies of a tune at remote engines.
CREATE TABLE "orphaned_tunes" (
    "engine" TEXT NOT NULL,
    "remote_id" TEXT NOT NULL,
    "due_at" TIMESTAMPTZ(3) NOT NULL,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "error" TEXT,

    CONSTRAINT "orphaned_tunes_pkey" PRIMARY KEY ("engine","remote_id")
);
CREATE INDEX "orphaned_tunes_due_at_idx" ON "orphaned_tunes"("due_at");

-- An image lies under its key, its small preview under the same with _small behind it.
CREATE FUNCTION orphan_objects(VARIADIC keys text[]) RETURNS void LANGUAGE sql AS $$
  INSERT INTO orphaned_objects (key, due_at)
  SELECT name, now() FROM unnest(keys) AS key, LATERAL (VALUES (key), (key || '_small')) AS names (name)
  WHERE key IS NOT NULL
  ON CONFLICT (key) DO UPDATE SET due_at = excluded.due_at
$$;

CREATE FUNCTION orphan_stored_object() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM orphan_objects(OLD.storage_key);
  RETURN NULL;
END;
$$;
CREATE TRIGGER tune_photos_orphan AFTER DELETE ON tune_photos
  FOR EACH ROW EXECUTE FUNCTION orphan_stored_object();
CREATE TRIGGER portraits_orphan AFTER DELETE ON portraits
  FOR EACH ROW EXECUTE FUNCTION orphan_stored_object();

CREATE FUNCTION orphan_prompt_objects() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' THEN
    PERFORM orphan_objects(OLD.input_key, OLD.mask_key);
  ELSE
    PERFORM orphan_objects(
      CASE WHEN OLD.input_key IS DISTINCT FROM NEW.input_key THEN OLD.input_key END,
      CASE WHEN OLD.mask_key IS DISTINCT FROM NEW.mask_key THEN OLD.mask_key END);
  END IF;
  RETURN NULL;
END;
$$;
CREATE TRIGGER prompts_orphan AFTER DELETE OR UPDATE OF input_key, mask_key ON prompts
  FOR EACH ROW EXECUTE FUNCTION orphan_prompt_objects();

-- What was made of a person goes with the person: also when a face or an account took the tune along.
CREATE FUNCTION delete_prompts_of_tune() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  DELETE FROM prompts WHERE id IN (SELECT prompt_id FROM prompt_references WHERE tune_id = OLD.id);
  RETURN OLD;
END;
$$;
CREATE TRIGGER tunes_take_prompts BEFORE DELETE ON tunes
  FOR EACH ROW EXECUTE FUNCTION delete_prompts_of_tune();

CREATE FUNCTION orphan_remote_tunes() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  -- one copy, or several where two orders met
  INSERT INTO orphaned_tunes (engine, remote_id, due_at)
  SELECT engine, remote_id, now()
  FROM jsonb_each(OLD.remote_ids) AS copies (engine, ids),
    LATERAL jsonb_array_elements_text(CASE jsonb_typeof(ids) WHEN 'array' THEN ids ELSE jsonb_build_array(ids) END)
      AS every (remote_id)
  WHERE remote_id IS NOT NULL
  ON CONFLICT (engine, remote_id) DO UPDATE SET due_at = excluded.due_at;
  RETURN NULL;
END;
$$;
CREATE TRIGGER tunes_orphan AFTER DELETE ON tunes
  FOR EACH ROW EXECUTE FUNCTION orphan_remote_tunes();
