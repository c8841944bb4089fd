-- What an owner may say of a primitive: another kind, another wording with its own embedding, and that a draft is right.
ALTER TABLE "primitives" ADD COLUMN     "edited_predicate" TEXT,
ADD COLUMN     "edited_vector" BYTEA,
ADD COLUMN     "is_accepted" BOOLEAN NOT NULL DEFAULT false;

-- A component that was changed alone left the grammar: its likeliest predicate within that component takes the place.
UPDATE primitives SET edited_predicate = (
  SELECT a->>'predicate' FROM jsonb_array_elements(alternatives) AS a
  WHERE a->>'component' = edited_component ORDER BY (a->>'p')::float8 DESC LIMIT 1
) WHERE edited_component IS NOT NULL;
UPDATE primitives SET edited_predicate = CASE edited_component
  WHEN 'alpha' THEN 'is' WHEN 'beta' THEN 'values' WHEN 'delta' THEN 'reasons' ELSE 'does' END
WHERE edited_component IS NOT NULL AND edited_predicate IS NULL;
