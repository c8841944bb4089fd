-- The ledger: append-only, one row a transfer between two books, chained by hashes account by account.
--
-- Everything that writes it is in this file: `ledger_post` (money that comes or is taken back), `ledger_hold`,
-- `ledger_extend`, `ledger_release`, `ledger_sweep`, `ledger_settle`, all by way of `ledger_append`. Each takes the
-- account's row first and reads after it was got: entries of one account are written one after the other.
-- `reservations` lists the holds that are open, so that nobody has to search the ledger for them.

ALTER TABLE ledger_entries DROP CONSTRAINT ledger_sign;
ALTER TABLE ledger_entries
  ADD COLUMN seq BIGINT,
  ADD COLUMN debit_book TEXT,
  ADD COLUMN credit_book TEXT,
  ADD COLUMN held_change_micro_usd BIGINT NOT NULL DEFAULT 0,
  ADD COLUMN balance_after_micro_usd BIGINT,
  ADD COLUMN held_after_micro_usd BIGINT,
  ADD COLUMN hold_id TEXT,
  ADD COLUMN api_key_id TEXT,
  ADD COLUMN expires_at TIMESTAMPTZ(3),
  ADD COLUMN prev_hash TEXT,
  ADD COLUMN hash TEXT;

-- Which books a kind moves money between. An account's book has its id; a hold moves nothing.
CREATE FUNCTION ledger_debit_book(kind text, account_id text) RETURNS text LANGUAGE sql IMMUTABLE AS $$
  SELECT CASE kind WHEN 'grant' THEN 'system:grants' WHEN 'topup' THEN 'system:payments'
    WHEN 'refund' THEN 'system:refunds' ELSE account_id END
$$;
CREATE FUNCTION ledger_credit_book(kind text, account_id text) RETURNS text LANGUAGE sql IMMUTABLE AS $$
  SELECT CASE kind WHEN 'charge' THEN 'system:revenue' WHEN 'reversal' THEN 'system:payments' ELSE account_id END
$$;

CREATE FUNCTION ledger_time(at timestamptz) RETURNS text LANGUAGE sql STABLE AS $$
  SELECT to_char(at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')
$$;

-- sha256 in hexadecimal over these lines, joined by line feeds, in UTF-8; what is NULL is an empty line. No value holds
-- a line feed. lib/billing/ledger-hash.ts is the same in TypeScript.
CREATE FUNCTION ledger_hash(e ledger_entries) RETURNS text LANGUAGE sql STABLE AS $$
  SELECT encode(sha256(convert_to(
    'faces ledger 1' || E'\n' || e.account_id || E'\n' || e.seq || E'\n' || e.kind || E'\n' || e.debit_book || E'\n'
    || e.credit_book || E'\n' || e.amount_micro_usd || E'\n' || e.held_change_micro_usd || E'\n'
    || e.balance_after_micro_usd || E'\n' || e.held_after_micro_usd || E'\n' || e.reference || E'\n'
    || COALESCE(e.hold_id, '') || E'\n' || COALESCE(e.api_key_id, '') || E'\n'
    || COALESCE(ledger_time(e.expires_at), '') || E'\n' || COALESCE(e.note, '') || E'\n'
    || ledger_time(e.created_at) || E'\n' || e.prev_hash, 'UTF8')), 'hex')
$$;

-- What is text of people or programs, as one line that no spreadsheet takes for a formula.
CREATE FUNCTION ledger_line(value text) RETURNS text LANGUAGE sql IMMUTABLE AS $$
  SELECT NULLIF(left(ltrim(regexp_replace(value, '[[:cntrl:]]', ' ', 'g'), ' =+-@'), 500), '')
$$;

-- What is there already is chained in the order in which it was written; what is held now comes behind it.
DO $$
DECLARE
  e ledger_entries;
  r reservations;
  last ledger_entries;
BEGIN
  FOR e IN SELECT * FROM ledger_entries ORDER BY account_id, created_at, id LOOP
    IF last.account_id IS DISTINCT FROM e.account_id THEN
      last := NULL;
      last.account_id := e.account_id;
    END IF;
    e.seq := COALESCE(last.seq, 0) + 1;
    e.debit_book := ledger_debit_book(e.kind, e.account_id);
    e.credit_book := ledger_credit_book(e.kind, e.account_id);
    e.balance_after_micro_usd := COALESCE(last.balance_after_micro_usd, 0) + e.amount_micro_usd;
    e.amount_micro_usd := abs(e.amount_micro_usd);
    e.held_after_micro_usd := 0;
    -- a charge is known by what its usage record is known by
    e.reference := COALESCE(ledger_line(CASE WHEN e.kind = 'charge' THEN regexp_replace(e.reference, '^compile:', '')
      ELSE e.reference END), e.id);
    e.note := ledger_line(e.note);
    e.prev_hash := COALESCE(last.hash, repeat('0', 64));
    e.hash := ledger_hash(e);
    UPDATE ledger_entries SET seq = e.seq, debit_book = e.debit_book, credit_book = e.credit_book,
      amount_micro_usd = e.amount_micro_usd, balance_after_micro_usd = e.balance_after_micro_usd,
      held_after_micro_usd = 0, reference = e.reference, note = e.note, prev_hash = e.prev_hash, hash = e.hash
    WHERE id = e.id;
    last := e;
  END LOOP;
  FOR r IN SELECT * FROM reservations ORDER BY account_id, created_at, id LOOP
    SELECT * INTO last FROM ledger_entries WHERE account_id = r.account_id ORDER BY seq DESC LIMIT 1;
    e := NULL;
    e.id := r.id;
    e.account_id := r.account_id;
    e.seq := COALESCE(last.seq, 0) + 1;
    e.kind := 'hold';
    e.debit_book := r.account_id;
    e.credit_book := r.account_id;
    e.amount_micro_usd := 0;
    e.held_change_micro_usd := r.amount_micro_usd;
    e.balance_after_micro_usd := COALESCE(last.balance_after_micro_usd, 0);
    e.held_after_micro_usd := COALESCE(last.held_after_micro_usd, 0) + r.amount_micro_usd;
    e.reference := r.id;
    e.hold_id := r.id;
    e.api_key_id := r.api_key_id;
    e.expires_at := r.expires_at;
    e.created_at := GREATEST(r.created_at, last.created_at);
    e.prev_hash := COALESCE(last.hash, repeat('0', 64));
    e.hash := ledger_hash(e);
    INSERT INTO ledger_entries SELECT e.*;
  END LOOP;
END;
$$;

DROP INDEX ledger_entries_account_id_kind_reference_key;
ALTER TABLE ledger_entries
  DROP CONSTRAINT ledger_entries_pkey,
  DROP COLUMN id,
  ADD CONSTRAINT ledger_entries_pkey PRIMARY KEY (account_id, seq),
  ALTER COLUMN debit_book SET NOT NULL,
  ALTER COLUMN credit_book SET NOT NULL,
  ALTER COLUMN held_change_micro_usd DROP DEFAULT,
  ALTER COLUMN balance_after_micro_usd SET NOT NULL,
  ALTER COLUMN held_after_micro_usd SET NOT NULL,
  ALTER COLUMN prev_hash SET NOT NULL,
  ALTER COLUMN hash SET NOT NULL,
  -- ten million dollars at once and a billion in all is nobody's: an amount beyond is an error
  ADD CONSTRAINT ledger_amounts CHECK (
    amount_micro_usd BETWEEN 0 AND 10000000000000
    AND held_change_micro_usd BETWEEN -10000000000000 AND 10000000000000
    AND balance_after_micro_usd BETWEEN -1000000000000000 AND 1000000000000000
    AND held_after_micro_usd BETWEEN 0 AND 1000000000000000
  ),
  ADD CONSTRAINT ledger_kinds CHECK (
    seq > 0
    AND debit_book = ledger_debit_book(kind, account_id) AND credit_book = ledger_credit_book(kind, account_id)
    AND CASE kind
      WHEN 'hold' THEN amount_micro_usd = 0 AND held_change_micro_usd >= 0 AND hold_id IS NOT NULL AND expires_at IS NOT NULL
      WHEN 'release' THEN amount_micro_usd = 0 AND held_change_micro_usd <= 0 AND hold_id IS NOT NULL AND expires_at IS NULL
      WHEN 'charge' THEN amount_micro_usd > 0 AND held_change_micro_usd <= 0 AND expires_at IS NULL
        AND (hold_id IS NOT NULL OR held_change_micro_usd = 0)
      ELSE kind IN ('grant', 'topup', 'refund', 'reversal') AND amount_micro_usd > 0 AND held_change_micro_usd = 0
        AND hold_id IS NULL AND expires_at IS NULL
    END
  ),
  ADD CONSTRAINT ledger_lines CHECK (
    reference <> '' AND (reference || COALESCE(note, '') || COALESCE(hold_id, '') || COALESCE(api_key_id, '')) !~ '[[:cntrl:]]'
  );
-- the same again is not written again; a hold may be added to
CREATE UNIQUE INDEX ledger_entries_once ON ledger_entries (account_id, kind, reference) WHERE kind <> 'hold';
-- a hold ends once: by its charge or by its release
CREATE UNIQUE INDEX ledger_entries_hold_ends_once ON ledger_entries (hold_id) WHERE kind IN ('charge', 'release') AND hold_id IS NOT NULL;

DROP INDEX reservations_account_id_idx;
CREATE INDEX reservations_account_id_expires_at_idx ON reservations (account_id, expires_at);
CREATE INDEX reservations_api_key_id_idx ON reservations (api_key_id);

-- Money elsewhere within the same bounds.
ALTER TABLE reservations DROP CONSTRAINT reservations_amount,
  ADD CONSTRAINT reservations_amount CHECK (amount_micro_usd BETWEEN 0 AND 10000000000000);
ALTER TABLE usage_records ADD CONSTRAINT usage_cost_bound CHECK (cost_micro_usd <= 10000000000000);
ALTER TABLE api_keys ADD CONSTRAINT api_keys_money CHECK (
  spent_micro_usd BETWEEN 0 AND 1000000000000000 AND budget_micro_usd BETWEEN 0 AND 1000000000000000);
ALTER TABLE invites ADD CONSTRAINT invites_money CHECK (credit_micro_usd BETWEEN 0 AND 10000000000000);

-- What is written stays as it is. With an account goes its ledger.
CREATE FUNCTION ledger_is_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' AND NOT EXISTS (SELECT 1 FROM accounts WHERE id = OLD.account_id) THEN
    RETURN OLD;
  END IF;
  RAISE EXCEPTION 'The ledger is append-only: % refused. Write an entry that says the opposite.', TG_OP;
END;
$$;
CREATE TRIGGER ledger_entries_append_only BEFORE UPDATE OR DELETE ON ledger_entries
  FOR EACH ROW EXECUTE FUNCTION ledger_is_append_only();

-- Appends one entry behind the last. The caller has the account's row. @returns false when it was there before
CREATE FUNCTION ledger_append(
  p_account text, p_kind text, p_amount bigint, p_held_change bigint, p_reference text, p_note text,
  p_hold text, p_key text, p_expires_at timestamptz
) RETURNS boolean LANGUAGE plpgsql AS $$
DECLARE
  last ledger_entries;
  e ledger_entries;
BEGIN
  SELECT * INTO last FROM ledger_entries WHERE account_id = p_account ORDER BY seq DESC LIMIT 1;
  e.account_id := p_account;
  e.seq := COALESCE(last.seq, 0) + 1;
  e.kind := p_kind;
  e.debit_book := ledger_debit_book(p_kind, p_account);
  e.credit_book := ledger_credit_book(p_kind, p_account);
  e.amount_micro_usd := p_amount;
  e.held_change_micro_usd := p_held_change;
  e.balance_after_micro_usd := COALESCE(last.balance_after_micro_usd, 0)
    + CASE p_account WHEN e.credit_book THEN p_amount ELSE 0 END - CASE p_account WHEN e.debit_book THEN p_amount ELSE 0 END;
  e.held_after_micro_usd := COALESCE(last.held_after_micro_usd, 0) + p_held_change;
  e.reference := ledger_line(p_reference);
  e.note := ledger_line(p_note);
  e.hold_id := p_hold;
  e.api_key_id := p_key;
  e.expires_at := p_expires_at;
  -- a clock that was set back does not turn the order round
  e.created_at := GREATEST(clock_timestamp(), last.created_at);
  e.prev_hash := COALESCE(last.hash, repeat('0', 64));
  e.hash := ledger_hash(e);
  INSERT INTO ledger_entries SELECT e.*
    ON CONFLICT (account_id, kind, reference) WHERE kind <> 'hold' DO NOTHING;
  RETURN FOUND;
END;
$$;

-- Money that comes (grant, topup, refund), is taken back (reversal), or is charged for what no usage record tells of.
CREATE FUNCTION ledger_post(p_account text, p_kind text, p_amount bigint, p_reference text, p_note text)
RETURNS boolean LANGUAGE plpgsql AS $$
BEGIN
  IF p_kind IN ('hold', 'release') OR p_amount <= 0 THEN
    RAISE EXCEPTION 'A % of % cannot be posted.', p_kind, p_amount;
  END IF;
  PERFORM 1 FROM accounts WHERE id = p_account FOR NO KEY UPDATE;
  RETURN ledger_append(p_account, p_kind, p_amount, 0, p_reference, p_note, NULL, NULL, NULL);
END;
$$;

-- Ends a hold without a charge. The caller has the account's row. @returns false when it ended before
CREATE FUNCTION ledger_end_hold(p_hold text, p_note text) RETURNS boolean LANGUAGE plpgsql AS $$
DECLARE
  r reservations;
BEGIN
  DELETE FROM reservations WHERE id = p_hold RETURNING * INTO r;
  IF NOT FOUND THEN RETURN false; END IF;
  RETURN ledger_append(r.account_id, 'release', 0, -r.amount_micro_usd, p_hold, p_note, p_hold, r.api_key_id, NULL);
END;
$$;

-- Ends the holds of an account whose time is up. The caller has the account's row. @returns how many
CREATE FUNCTION ledger_free_expired(p_account text) RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
  v_hold text;
  v_count bigint := 0;
  -- once, for an index is not searched by what changes meanwhile
  v_now timestamptz := clock_timestamp();
BEGIN
  FOR v_hold IN SELECT id FROM reservations WHERE account_id = p_account AND expires_at <= v_now ORDER BY expires_at LOOP
    v_count := v_count + ledger_end_hold(v_hold, 'expired')::int;
  END LOOP;
  RETURN v_count;
END;
$$;

-- Whether a key's budget covers this much more. What it spent and holds changes only under its account's row.
CREATE FUNCTION ledger_key_covers(p_key text, p_more bigint) RETURNS boolean LANGUAGE sql STABLE AS $$
  SELECT NOT EXISTS (
    SELECT 1 FROM api_keys k WHERE k.id = p_key AND k.budget_micro_usd < k.spent_micro_usd + p_more
      + (SELECT COALESCE(SUM(amount_micro_usd), 0) FROM reservations WHERE api_key_id = k.id))
$$;

-- What an account may still hold. The caller has the account's row.
CREATE FUNCTION ledger_available(p_account text) RETURNS bigint LANGUAGE sql STABLE AS $$
  SELECT COALESCE((SELECT balance_after_micro_usd - held_after_micro_usd FROM ledger_entries
    WHERE account_id = p_account ORDER BY seq DESC LIMIT 1), 0)
$$;

-- Holds money: outcome is held, or why not (no_account, account_frozen, insufficient_credits, budget_exceeded).
CREATE FUNCTION ledger_hold(
  p_hold text, p_account text, p_key text, p_amount bigint, p_seconds double precision,
  OUT outcome text, OUT available bigint
) LANGUAGE plpgsql AS $$
DECLARE
  v_frozen boolean;
  v_expires_at timestamptz := clock_timestamp() + make_interval(secs => p_seconds);
BEGIN
  IF p_amount < 0 THEN RAISE EXCEPTION 'Less than nothing cannot be held.'; END IF;
  available := 0;
  SELECT is_frozen INTO v_frozen FROM accounts WHERE id = p_account FOR NO KEY UPDATE;
  IF NOT FOUND THEN outcome := 'no_account'; RETURN; END IF;
  IF v_frozen THEN outcome := 'account_frozen'; RETURN; END IF;
  PERFORM ledger_free_expired(p_account);
  available := ledger_available(p_account);
  -- nothing moves more than ten million dollars at once, whoever has them
  IF available < p_amount OR p_amount > 10000000000000 THEN outcome := 'insufficient_credits'; RETURN; END IF;
  IF p_key IS NOT NULL AND NOT ledger_key_covers(p_key, p_amount) THEN outcome := 'budget_exceeded'; RETURN; END IF;
  INSERT INTO reservations (id, account_id, api_key_id, amount_micro_usd, expires_at)
    VALUES (p_hold, p_account, p_key, p_amount, v_expires_at);
  PERFORM ledger_append(p_account, 'hold', 0, p_amount, p_hold, NULL, p_hold, p_key, v_expires_at);
  outcome := 'held';
END;
$$;

-- Holds more, or for longer: NULL leaves either as it is. @returns false when it is not covered or not held any more
CREATE FUNCTION ledger_extend(p_hold text, p_amount bigint, p_seconds double precision) RETURNS boolean LANGUAGE plpgsql AS $$
DECLARE
  r reservations;
  v_more bigint;
BEGIN
  PERFORM 1 FROM accounts WHERE id = (SELECT account_id FROM reservations WHERE id = p_hold) FOR NO KEY UPDATE;
  SELECT * INTO r FROM reservations WHERE id = p_hold;
  IF NOT FOUND OR r.expires_at <= clock_timestamp() THEN RETURN false; END IF;
  v_more := GREATEST(COALESCE(p_amount, 0) - r.amount_micro_usd, 0);
  IF v_more > 0 THEN
    PERFORM ledger_free_expired(r.account_id);
    IF ledger_available(r.account_id) < v_more OR NOT ledger_key_covers(r.api_key_id, v_more) THEN RETURN false; END IF;
  END IF;
  r.expires_at := COALESCE(clock_timestamp() + make_interval(secs => p_seconds), r.expires_at);
  UPDATE reservations SET amount_micro_usd = amount_micro_usd + v_more, expires_at = r.expires_at WHERE id = p_hold;
  -- it may have run out and been freed since it was read
  IF NOT FOUND THEN RETURN false; END IF;
  PERFORM ledger_append(r.account_id, 'hold', 0, v_more, p_hold, 'extended', p_hold, r.api_key_id, r.expires_at);
  RETURN true;
END;
$$;

CREATE FUNCTION ledger_release(p_hold text) RETURNS boolean LANGUAGE plpgsql AS $$
BEGIN
  PERFORM 1 FROM accounts WHERE id = (SELECT account_id FROM reservations WHERE id = p_hold) FOR NO KEY UPDATE;
  RETURN FOUND AND ledger_end_hold(p_hold, NULL);
END;
$$;

-- Ends what the requests of dead processes left held. @returns how many
CREATE FUNCTION ledger_sweep() RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
  v_account text;
  v_count bigint := 0;
  v_now timestamptz := clock_timestamp();
BEGIN
  -- in the order in which all who take several accounts take them
  FOR v_account IN SELECT DISTINCT account_id FROM reservations WHERE expires_at <= v_now ORDER BY account_id LOOP
    PERFORM 1 FROM accounts WHERE id = v_account FOR NO KEY UPDATE;
    v_count := v_count + ledger_free_expired(v_account);
  END LOOP;
  RETURN v_count;
END;
$$;

-- Settles finished work, each once by its kind and reference: usage record, charge, key's spending, end of its hold.
-- Work whose hold has ended meanwhile is charged all the same: it was delivered. @returns what was settled now
CREATE FUNCTION ledger_settle(p_work jsonb) RETURNS TABLE (settled_id text) LANGUAGE plpgsql AS $$
DECLARE
  w record;
BEGIN
  PERFORM 1 FROM accounts WHERE id IN (SELECT j ->> 'account_id' FROM jsonb_array_elements(p_work) j)
    ORDER BY id FOR NO KEY UPDATE;
  FOR w IN
    WITH s AS (
      SELECT * FROM jsonb_to_recordset(p_work) AS s(
        usage_id text, kind text, reference text, account_id text, api_key_id text, hold_id text, face_id text,
        document_id text, model text, input_tokens int, output_tokens int, quota_tokens int, cost bigint)
    ), first AS (
      INSERT INTO usage_records (id, account_id, api_key_id, face_id, document_id, kind, model, input_tokens,
        output_tokens, quota_tokens, cost_micro_usd, reference)
      SELECT s.usage_id, s.account_id, s.api_key_id, s.face_id, s.document_id, s.kind, s.model, s.input_tokens,
        s.output_tokens, COALESCE(s.quota_tokens, 0), s.cost, s.reference FROM s
      ON CONFLICT (kind, reference) DO NOTHING
      RETURNING id
    ), ended AS (
      DELETE FROM reservations r USING s WHERE r.id = s.hold_id AND r.account_id = s.account_id
      RETURNING r.id, r.amount_micro_usd
    ), spent AS (
      UPDATE api_keys k SET spent_micro_usd = k.spent_micro_usd + n.cost
      FROM (SELECT s.api_key_id, SUM(s.cost)::bigint AS cost FROM s JOIN first ON first.id = s.usage_id
        WHERE s.cost > 0 GROUP BY s.api_key_id) n
      WHERE k.id = n.api_key_id
    )
    SELECT s.*, first.id IS NOT NULL AS is_new,
      -- one of those that name a hold ends it
      CASE WHEN row_number() OVER (PARTITION BY ended.id ORDER BY first.id) = 1 THEN ended.amount_micro_usd END AS held
    FROM s LEFT JOIN first ON first.id = s.usage_id LEFT JOIN ended ON ended.id = s.hold_id
    WHERE first.id IS NOT NULL OR ended.id IS NOT NULL
    ORDER BY s.account_id, s.usage_id
  LOOP
    IF w.is_new AND w.cost > 0 THEN
      IF NOT ledger_append(w.account_id, 'charge', w.cost, -COALESCE(w.held, 0), w.reference, w.kind || ' ' || w.model,
        CASE WHEN w.held IS NOT NULL THEN w.hold_id END, w.api_key_id, NULL) THEN
        RAISE EXCEPTION 'A charge of % was written without its usage record.', w.reference;
      END IF;
    ELSIF w.held IS NOT NULL THEN
      PERFORM ledger_append(w.account_id, 'release', 0, -w.held, w.hold_id, NULL, w.hold_id, w.api_key_id, NULL);
    END IF;
    IF w.is_new THEN
      settled_id := w.usage_id;
      RETURN NEXT;
    END IF;
  END LOOP;
END;
$$;
