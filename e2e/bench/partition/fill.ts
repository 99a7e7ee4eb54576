import type { Sql } from "postgres";
import { sampleOperations } from "../sample-operations.ts";
import { idInSql, instantInSql, type Population, recordIdInSql, sizeInSql } from "./population.ts";
import { rebuildIndexesAround } from "./rebuild-indexes.ts";

const rowsPerStatement = 500_000;
const samples = 16;

export type Progress = (line: string) => void;

/**
 * Fills a migrated database: workspaces with one person, connection and target each, records as wide as a product page yields,
 * and a delivery for four in five. Round after round gives every workspace some more rows, so that a workspace's rows lie
 * in bursts all over the table, as they do when people capture by turns.
 *
 * @param admin a superuser, one connection: the load passes row-level security and foreign keys by
 */
export async function fill(admin: Sql, population: Population, progress: Progress): Promise<void> {
	await admin.unsafe(`
		set session_replication_role = replica;
		set maintenance_work_mem = '512MB';
		set work_mem = '128MB';
		set statement_timeout = 0`);
	await fillWorkspaces(admin, population);
	await makeSamples(admin);
	const rounds = Math.max(4, Math.ceil(population.rows / rowsPerStatement));
	const rebuild = await rebuildIndexesAround(admin, ["records", "deliveries"]);
	for (let round = 0; round < rounds; round += 1) {
		await fillRound(admin, { round, rounds });
		progress(`${Math.round(((round + 1) / rounds) * 100)} % of ${population.rows.toLocaleString("en")} rows`);
	}
	await rebuild((index) => progress(`index ${index}`));
	await admin.unsafe("set session_replication_role = origin");
	for (const table of ["workspaces", "users", "targets", "connections", "records", "deliveries"]) {
		await admin.unsafe(`vacuum (analyze) sheaf.${table}`);
	}
	progress("vacuumed and analysed");
}

async function fillWorkspaces(admin: Sql, population: Population): Promise<void> {
	await admin.unsafe(`
		create temporary table wanted as
			select w, ${sizeInSql(population)} as size, ${idInSql("workspace")} as workspace_id, ${idInSql("user")} as user_id,
				${idInSql("connection")} as connection_id, ${idInSql("target")} as target_id
			from generate_series(0, ${population.workspaces - 1}) as w;
		analyze wanted;
		insert into sheaf.users (id, email) select user_id, w || '@example.test' from wanted;
		insert into sheaf.workspaces (id, name, personal) select workspace_id, 'Personal', true from wanted;
		insert into sheaf.workspace_members (workspace_id, user_id, role) select workspace_id, user_id, 'owner' from wanted;
		insert into sheaf.connections (workspace_id, owner_id, id, provider, name, account_id, account_label, credential_jwe)
			select workspace_id, user_id, connection_id, 'airtable', 'A', 'usr1', 'a', 'jwe' from wanted;
		insert into sheaf.targets (workspace_id, owner_id, id, connection_id, name, container_id, container_name, table_id,
			table_name, mapping, columns, match_key, frequency, conflict_policy)
			select workspace_id, user_id, target_id, connection_id, 'T', 'app1', 'Base', 'tbl1', 'Table', '[]', '[]', '{fld1}',
				'on_capture', 'overwrite' from wanted`);
}

async function makeSamples(admin: Sql): Promise<void> {
	await admin`create temporary table sample (i integer primary key, kind text, source jsonb, fields jsonb)`;
	for (const [i, { record }] of sampleOperations(samples, crypto.randomUUID()).entries()) {
		const { kind, source, fields } = record;
		await admin`
			insert into sample values (${i}, ${kind}, ${JSON.stringify(source)}::text::jsonb, ${JSON.stringify(fields)}::text::jsonb)`;
	}
}

async function fillRound(admin: Sql, { round, rounds }: { round: number; rounds: number }): Promise<void> {
	// Below the sub-select stands what follows from a row's number, once.
	const rows = `
		select w, n, workspace_id, user_id, connection_id, target_id, n % 5 <> 0 as has_target, ${recordIdInSql} as id,
			${instantInSql} as at, 'https://shop.example.test/products/' || w || '/' || n as url
		from wanted, generate_series(size * ${round} / ${rounds}, size * (${round} + 1) / ${rounds} - 1) as n`;
	await admin.unsafe(`
		insert into sheaf.records (workspace_id, owner_id, id, kind, version, captured_at, source, fields, content_hash,
			target_id, match_key, created_at, updated_at)
		select workspace_id, user_id, id, kind, 1, at, source, fields, sha256(uuid_send(id)),
			case when has_target then target_id end, case when has_target then url end, at, at
		from (${rows}) as row join sample on i = n % ${samples}`);
	await admin.unsafe(`
		insert into sheaf.deliveries (workspace_id, owner_id, target_id, record_id, lane, state, version, match_key, attempts,
			next_attempt_at, delivered_version, delivered_at, remote_id, remote_url, created_at, updated_at)
		select workspace_id, user_id, target_id, id, connection_id || '/app1', 'delivered', 1, url, 1, at, 1, at,
			'rec' || substr(md5(url), 1, 14), 'https://airtable.com/app1/tbl1/rec' || substr(md5(url), 1, 14), at, at
		from (${rows}) as row where has_target`);
}
