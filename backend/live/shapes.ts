/** What a member may replicate of a table, and nothing more. Electric refuses a list of columns without the whole key. */
export type Shape = { table: string; key: readonly string[]; columns: readonly string[] };

/**
 * Everything that Electric may be asked for. Electric reads past row-level security, so that no column is here that a viewer is not shown, and
 * each table has a `workspace_id`: `shape-query.ts` binds every shape to it.
 */
export const shapes: Readonly<Record<string, Shape>> = {
	changes: {
		table: "sheaf.changes",
		key: ["workspace_id", "changed_by", "subject", "subject_id"],
		columns: ["changed_at"],
	},
	records: {
		table: "sheaf.records",
		key: ["workspace_id", "id"],
		columns: ["kind", "version", "captured_at", "target_id", "superseded_by", "capture_id", "updated_at"],
	},
	deliveries: {
		table: "sheaf.deliveries",
		key: ["workspace_id", "target_id", "record_id"],
		columns: [
			"state",
			"version",
			"delivered_version",
			"remote_url",
			"problem",
			"review",
			"intent",
			"remote_state",
			"remote_changed_at",
			"next_attempt_at",
			"updated_at",
		],
	},
	connections: {
		table: "sheaf.connections",
		key: ["workspace_id", "id"],
		columns: ["provider", "name", "account_label", "status", "problem", "expires_at", "updated_at"],
	},
	targets: {
		table: "sheaf.targets",
		key: ["workspace_id", "id"],
		columns: ["connection_id", "name", "table_name", "status", "problem", "updated_at"],
	},
};
