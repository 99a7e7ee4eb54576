-- Where each value of a record was found, and how sure that is: it is shown beside the value wherever the record is.

-- { "<field>": { "from", "path"?, "confidence" } }; empty for what does not say.
alter table sheaf.records add column provenance jsonb not null default '{}'
  check (jsonb_typeof(provenance) = 'object');
grant update (provenance) on sheaf.records to sheaf_api;
