-- What waits for the person is found without reading through what waits for its provider.
-- squawk-ignore require-concurrent-index-creation
create index deliveries_needs_you on sheaf.deliveries (workspace_id, record_id) where state = 'needs_you';
