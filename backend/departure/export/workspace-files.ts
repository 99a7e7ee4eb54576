import { listBulk } from "../../bulk/read-bulk.ts";
import { listConnections } from "../../connections/read-connections.ts";
import type { Principal } from "../../db/principal.ts";
import { listHooks } from "../../events/read-hooks.ts";
import { listRecipes } from "../../recipes/read-recipes.ts";
import { type RecordRow, recordView, selectRecords } from "../../records/record-view.ts";
import { listSelections } from "../../sources/selection-view.ts";
import { listTargets } from "../../targets/read-targets.ts";
import { roleMay } from "../../workspaces/policy.ts";
import { blobFiles } from "./blob-files.ts";
import { csvLine, fieldCell, textCell } from "./csv.ts";
import type { ExportDeps } from "./export-deps.ts";
import { isMember, jsonLines, tenantPages } from "./pages.ts";
import type { ArchiveFile } from "./zip-stream.ts";

/** A record may take 256 KiB, a row of the others some hundred bytes. */
const recordsAtOnce = 50;
const rowsAtOnce = 1_000;

/** Beyond so many columns no spreadsheet is of use; the file of JSON lines has them all. */
const maxFieldColumns = 500;

/**
 * What the person may read of one workspace, as that member. Views as the API shows them, so that nothing is in here that is not
 * shown there; no credential is.
 *
 * @param folder with a slash at its end
 */
export async function* workspaceFiles(
	deps: ExportDeps,
	principal: Principal,
	folder: string,
): AsyncGenerator<ArchiveFile, void> {
	const named = (name: string) => `${folder}${name}`;
	const fieldNames = new Set<string>();
	yield { name: named("records.jsonl"), content: recordLines(deps, principal, fieldNames) };
	yield { name: named("records.csv"), content: recordTable(deps, principal, fieldNames) };
	yield { name: named("targets.json"), content: await listed(deps, principal, listTargets) };
	yield { name: named("recipes.json"), content: await listed(deps, principal, listRecipes) };
	yield { name: named("selections.json"), content: await listed(deps, principal, listSelections) };
	yield { name: named("connections.json"), content: await listed(deps, principal, listConnections) };
	yield { name: named("event-hooks.json"), content: await listed(deps, principal, listHooks) };
	yield { name: named("bulk-operations.json"), content: await listed(deps, principal, listBulk) };
	yield { name: named("deliveries.jsonl"), content: jsonLines(deliveryPages(deps, principal)) };
	yield { name: named("delivery-attempts.jsonl"), content: jsonLines(attemptPages(deps, principal)) };
	yield { name: named("audit-log.jsonl"), content: jsonLines(auditPages(deps, principal)) };
	yield* blobFiles(deps, principal, folder);
}

/** Lists that are short enough to be read at once, for as long as the person belongs to the workspace, like everything else of it. */
async function listed<Item>(
	deps: ExportDeps,
	principal: Principal,
	list: (deps: ExportDeps, principal: Principal) => Promise<Item[]>,
): Promise<string[]> {
	const stays = await deps.database.asTenant(principal, isMember);
	return [pretty(stays ? await list(deps, principal) : [])];
}

export function pretty(value: unknown): string {
	return `${JSON.stringify(value, null, "\t")}\n`;
}

function recordPages({ database }: ExportDeps, principal: Principal) {
	return tenantPages<RecordRow>(database.asTenant, principal, {
		size: recordsAtOnce,
		read: async (sql, after) =>
			await sql<RecordRow[]>`
				${selectRecords(sql)} and (${after?.id ?? null}::uuid is null or r.id > ${after?.id ?? null}::uuid)
				order by r.id limit ${recordsAtOnce}`,
	});
}

/** Notes the fields' names on its way: they are the columns of the table that follows. */
async function* recordLines(deps: ExportDeps, principal: Principal, fieldNames: Set<string>) {
	for await (const rows of recordPages(deps, principal)) {
		for (const { fields } of rows) {
			for (const name of Object.keys(fields)) if (fieldNames.size < maxFieldColumns) fieldNames.add(name);
		}
		yield rows.map((row) => `${JSON.stringify(recordView(row))}\n`).join("");
	}
}

async function* recordTable(deps: ExportDeps, principal: Principal, fieldNames: ReadonlySet<string>) {
	const names = [...fieldNames];
	const facts = ["id", "kind", "status", "captured at", "changed at", "page", "page title", "target id", "row"];
	yield csvLine([...facts, ...names.map((name) => textCell(`field: ${name}`))]);
	for await (const rows of recordPages(deps, principal)) {
		const lines = rows.map((row) => {
			const { id, kind, status, capturedAt, updatedAt, source, targetId, remoteUrl, fields } = recordView(row);
			const known = [id, kind, status, capturedAt, updatedAt, textCell(source.url), textCell(source.title)];
			return csvLine([
				...known,
				targetId ?? "",
				textCell(remoteUrl ?? ""),
				...names.map((name) => fieldCell(fields[name])),
			]);
		});
		yield lines.join("");
	}
}

type DeliveryKey = { targetId: string; recordId: string };

function deliveryPages({ database }: ExportDeps, principal: Principal) {
	return tenantPages<DeliveryKey>(database.asTenant, principal, {
		size: rowsAtOnce,
		read: async (sql, after) =>
			await sql<DeliveryKey[]>`
				select target_id, record_id, state, version, attempts, delivered_version, delivered_at, remote_id, remote_url,
					problem, intent, review, accepted_at, created_at, updated_at
				from sheaf.deliveries
				where workspace_id = sheaf.current_workspace() and (${after?.targetId ?? null}::uuid is null
					or (target_id, record_id) > (${after?.targetId ?? null}::uuid, ${after?.recordId ?? null}::uuid))
				order by target_id, record_id limit ${rowsAtOnce}`,
	});
}

type AttemptKey = DeliveryKey & { attempt: string };

function attemptPages({ database }: ExportDeps, principal: Principal) {
	return tenantPages<AttemptKey>(database.asTenant, principal, {
		size: rowsAtOnce,
		read: async (sql, after) =>
			await sql<AttemptKey[]>`
				select target_id, record_id, lease_epoch as attempt, version, opened_at, closed_at, outcome, reason
				from sheaf.delivery_attempts
				where workspace_id = sheaf.current_workspace()
					and (${after?.targetId ?? null}::uuid is null or (target_id, record_id, lease_epoch)
						> (${after?.targetId ?? null}::uuid, ${after?.recordId ?? null}::uuid, ${after?.attempt ?? null}::bigint))
				order by target_id, record_id, lease_epoch limit ${rowsAtOnce}`,
	});
}

/** Whoever manages members sees who did what; everybody else what they did themselves. */
function auditPages({ database }: ExportDeps, principal: Principal) {
	const whose = roleMay(principal.role, "members:write") ? null : principal.userId;
	return tenantPages<{ id: string }>(database.asTenant, principal, {
		size: rowsAtOnce,
		read: async (sql, after) =>
			await sql<{ id: string }[]>`
				select id, at, owner_id as who, action, subject_type, subject_id, outcome,
					encode(before_hash, 'hex') as before_hash, encode(after_hash, 'hex') as after_hash
				from sheaf.audit_log
				where workspace_id = sheaf.current_workspace() and (${after?.id ?? null}::uuid is null or id > ${after?.id ?? null}::uuid)
					and (${whose}::uuid is null or owner_id = ${whose}::uuid)
				order by id limit ${rowsAtOnce}`,
	});
}
