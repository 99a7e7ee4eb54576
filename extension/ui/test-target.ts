import type { TargetView } from "../../backend/contract/targets.ts";
import type { LocalRecord } from "../outbox/types.ts";

const at = "2025-11-01T10:00:00.000Z";

/** A target for tests: title, url and price into three columns. */
export function testTarget(over: Partial<TargetView> = {}): TargetView {
	return {
		id: "target-1",
		name: "Reading list",
		mapping: [
			{ from: "title", to: "colName" },
			{ from: "url", to: "colUrl" },
			{ from: "price", to: "colPrice" },
		],
		matchKey: ["colUrl"],
		frequency: "on_capture",
		conflictPolicy: "overwrite",
		connectionId: "connection-1",
		provider: "airtable",
		providerTitle: "Airtable",
		tableId: "table-1",
		tableName: "Reading list",
		containerId: "base-1",
		containerName: "Research",
		columns: [
			{ id: "colName", name: "Name", type: "text" },
			{ id: "colUrl", name: "Link", type: "url" },
			{ id: "colPrice", name: "Cost", type: "currency" },
		],
		status: "active",
		problem: null,
		accessEndsAt: null,
		waiting: 0,
		inReview: 0,
		nextRunAt: null,
		lastRunAt: null,
		createdAt: at,
		updatedAt: at,
		...over,
	};
}

/** A saved record for tests. */
export function testRecord(over: Partial<LocalRecord> = {}): LocalRecord {
	return {
		id: "record-1",
		workspaceId: "workspace-1",
		kind: "article",
		version: 1,
		targetId: "target-1",
		captureId: null,
		capturedAt: at,
		source: { url: "https://a.test/1", title: "One" },
		normalUrl: "https://a.test/1",
		fields: { title: { type: "text", value: "One" }, url: { type: "url", value: "https://a.test/1" } },
		provenance: { title: { from: "json-ld", confidence: 0.95 }, url: { from: "link", confidence: 0.8 } },
		image: null,
		document: null,
		state: "local",
		problem: null,
		remoteUrl: null,
		supersededBy: null,
		undo: null,
		undoProblem: null,
		inReview: false,
		nextAttemptAt: null,
		remote: null,
		updatedAt: Date.parse(at),
		...over,
	};
}
