/** Columns to set without looking at a row, so that no policy but the one for updates has a say. */
const changes: Readonly<Record<string, string>> = {
	audit_log: "outcome = 'x'",
	blob_parts: "bytes = '\\\\x00'",
	blob_removals: "due_at = now()",
	blobs_meta: "received_bytes = 1",
	bulk_operations: "done = 1",
	bulk_records: "place = 2",
	changes: "changed_at = now()",
	connection_flows: "provider = 'x'",
	connections: "name = 'x'",
	deliveries: "lane = 'x'",
	delivery_attempts: "reason = 'x'",
	delivery_hours: "retried = 1",
	delivery_problems: "attempts = 2",
	event_deliveries: "attempts = 1",
	event_hooks: "shown = 'x'",
	events: "data = '{\"x\": 1}'",
	device_blobs: "device_name = 'x'",
	device_sessions: "device_name = 'x'",
	operations: "kind = 'x'",
	recipe_versions: "recipe = '{}'",
	recipes: "version = 2",
	records: "kind = 'x'",
	runs: "queued = 1",
	selection_runs: "listed = 1",
	selections: "name = 'x'",
	source_rows: "state = 'gone'",
	target_triggers: "last_used_at = now()",
	targets: "name = 'x'",
	trigger_messages: "received_at = now()",
	user_settings: "version = 9",
	watches: "failures = 1",
	workspace_invites: "role = 'viewer'",
	workspace_members: "joined_at = now()",
	workspaces: "name = 'x'",
};

export function changeOf(table: string): string {
	const change = changes[table];
	if (change === undefined) throw new Error(`Which column of ${table} may a probe change? Add it to test-changes.ts.`);
	return change;
}
