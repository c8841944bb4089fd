-- Processes keep pages for visitors in memory: who may frame them, and whether they are there at all.
CREATE TRIGGER embeds_changed AFTER UPDATE OR DELETE ON embeds
  FOR EACH ROW EXECUTE FUNCTION notify_change('id');
CREATE TRIGGER embeds_emptied AFTER TRUNCATE ON embeds EXECUTE FUNCTION notify_change();

-- A page's key ends with the page, however that ends: deleted by itself, or with its face.
CREATE FUNCTION end_key_of_embed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE api_keys SET revoked_at = now() WHERE id = OLD.api_key_id AND revoked_at IS NULL;
  RETURN NULL;
END;
$$;
CREATE TRIGGER embeds_deleted AFTER DELETE ON embeds FOR EACH ROW EXECUTE FUNCTION end_key_of_embed();
