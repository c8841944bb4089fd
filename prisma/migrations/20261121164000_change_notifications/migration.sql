-- Processes keep keys, sessions and faces in memory (lib/auth/row-cache.ts). Every committed change of them is told on
-- one channel, as `table value`: the value of the column that the trigger names, or `*` for all rows.

CREATE FUNCTION notify_change() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  value text;
BEGIN
  IF TG_OP = 'TRUNCATE' THEN
    PERFORM pg_notify('faces_changes', TG_TABLE_NAME || ' *');
    RETURN NULL;
  END IF;
  -- a row may move from one owner to another: both are told, and the same twice in a transaction is sent once
  IF TG_OP <> 'INSERT' THEN
    EXECUTE format('SELECT ($1).%I', TG_ARGV[0]) INTO value USING OLD;
    PERFORM pg_notify('faces_changes', TG_TABLE_NAME || ' ' || COALESCE(value, '*'));
  END IF;
  IF TG_OP <> 'DELETE' THEN
    EXECUTE format('SELECT ($1).%I', TG_ARGV[0]) INTO value USING NEW;
    PERFORM pg_notify('faces_changes', TG_TABLE_NAME || ' ' || COALESCE(value, '*'));
  END IF;
  RETURN NULL;
END;
$$;

CREATE TRIGGER accounts_changed AFTER UPDATE OR DELETE ON accounts
  FOR EACH ROW EXECUTE FUNCTION notify_change('id');
CREATE TRIGGER sessions_changed AFTER UPDATE OR DELETE ON sessions
  FOR EACH ROW EXECUTE FUNCTION notify_change('id');

CREATE TRIGGER api_keys_deleted AFTER DELETE ON api_keys
  FOR EACH ROW EXECUTE FUNCTION notify_change('id');
-- counting what a key spends changes nothing of what it may do, and happens with every charge
CREATE TRIGGER api_keys_changed AFTER UPDATE ON api_keys
  FOR EACH ROW WHEN (
    to_jsonb(OLD) - 'spent_micro_usd' - 'last_used_at' IS DISTINCT FROM to_jsonb(NEW) - 'spent_micro_usd' - 'last_used_at'
  )
  EXECUTE FUNCTION notify_change('id');

-- a new face may take a name that meant nothing, or a model, before; one without an owner is everybody's
CREATE TRIGGER faces_changed AFTER INSERT OR UPDATE OR DELETE ON faces
  FOR EACH ROW EXECUTE FUNCTION notify_change('account_id');
CREATE TRIGGER face_versions_changed AFTER UPDATE OR DELETE ON face_versions
  FOR EACH ROW EXECUTE FUNCTION notify_change('face_id');

CREATE TRIGGER accounts_emptied AFTER TRUNCATE ON accounts EXECUTE FUNCTION notify_change();
CREATE TRIGGER sessions_emptied AFTER TRUNCATE ON sessions EXECUTE FUNCTION notify_change();
CREATE TRIGGER api_keys_emptied AFTER TRUNCATE ON api_keys EXECUTE FUNCTION notify_change();
CREATE TRIGGER faces_emptied AFTER TRUNCATE ON faces EXECUTE FUNCTION notify_change();
CREATE TRIGGER face_versions_emptied AFTER TRUNCATE ON face_versions EXECUTE FUNCTION notify_change();
