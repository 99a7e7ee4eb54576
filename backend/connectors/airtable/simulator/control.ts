import type { Fault, FaultRule, FaultView } from "./faults.ts";
import type { AppliedUpsert, Counters } from "./journal.ts";
import type { LimitSettings } from "./limits.ts";
import type { OAuthAccount, OAuthClient, OAuthSettings } from "./oauth/authorization-server.ts";
import { type BaseSeed, growBase } from "./seed.ts";
import { type Base, findField, findTable, makeId, type PermissionLevel, type Row, type Table } from "./state.ts";
import type { Token, TokenSeed } from "./tokens.ts";
import type { ChangeType, Webhooks } from "./webhooks.ts";
import type { World } from "./world.ts";

/** A row with its cells by field name, as a test wants to compare it. */
export type NamedRow = { id: string; cells: Record<string, unknown> };

type RowAt = { baseId: string; table: string; rowId: string };

/** The hand on the simulator: sets its scene, plans what goes wrong, counts what happened. Not limited by any rate. */
export class SimulatorControl {
	readonly #world: World;

	constructor(world: World) {
		this.#world = world;
	}

	addBase(seed: BaseSeed): Base {
		const base = growBase(seed);
		this.#world.state.bases.push(base);
		this.#world.changed();
		return base;
	}

	base(id: string): Base {
		const base = this.#world.state.bases.find((candidate) => candidate.id === id);
		if (base === undefined) throw new Error(`The simulator has no base ${id}.`);
		return base;
	}

	bases(): Base[] {
		return this.#world.state.bases;
	}

	table(baseId: string, idOrName: string): Table {
		const table = findTable(this.base(baseId), idOrName);
		if (table === null) throw new Error(`The simulator has no table ${idOrName} in ${baseId}.`);
		return table;
	}

	rows(baseId: string, tableIdOrName: string): NamedRow[] {
		const table = this.table(baseId, tableIdOrName);
		return table.rows.map((row) => ({
			id: row.id,
			cells: Object.fromEntries(
				Object.entries(row.cells).map(([id, cell]) => [findField(table, id)?.name ?? id, cell]),
			),
		}));
	}

	/** Adds a row as it stands, unchecked: what another person may have put there. `cells` by field name or id. */
	addRow({
		baseId,
		table: idOrName,
		cells,
	}: {
		baseId: string;
		table: string;
		cells: Record<string, unknown>;
	}): string {
		const table = this.table(baseId, idOrName);
		const byId = Object.entries(cells).map(([name, cell]) => [findField(table, name)?.id ?? name, cell] as const);
		const row = { id: makeId("rec"), createdTime: new Date().toISOString(), cells: Object.fromEntries(byId) };
		table.rows.push(row);
		this.#world.changed();
		return row.id;
	}

	/** As somebody does in Airtable itself. `cells` by field name or id; undefined empties one. */
	editRow({ baseId, table: idOrName, rowId, cells }: RowAt & { cells: Record<string, unknown> }): void {
		const table = this.table(baseId, idOrName);
		const row = this.#row(table, rowId);
		for (const [name, cell] of Object.entries(cells)) {
			const id = findField(table, name)?.id ?? name;
			if (cell === undefined) delete row.cells[id];
			else row.cells[id] = cell;
		}
		this.#told({ baseId, table, rowId }, "update");
	}

	/** The same: a row is deleted there. */
	removeRow({ baseId, table: idOrName, rowId }: RowAt): void {
		const table = this.table(baseId, idOrName);
		const gone = this.#row(table, rowId);
		table.rows = table.rows.filter((row) => row !== gone);
		this.#told({ baseId, table, rowId }, "remove");
	}

	#row(table: Table, rowId: string): Row {
		const row = table.rows.find(({ id }) => id === rowId);
		if (row === undefined) throw new Error(`The simulator has no row ${rowId} in ${table.name}.`);
		return row;
	}

	#told({ baseId, table, rowId }: { baseId: string; table: Table; rowId: string }, type: ChangeType): void {
		this.#world.webhooks.note({ baseId, tableId: table.id, rowId, type, source: "client" });
		this.#world.changed();
	}

	/** The webhooks that were made, the pings that left, and the switch that loses them. */
	get webhooks(): Webhooks {
		return this.#world.webhooks;
	}

	removeTable(baseId: string, idOrName: string): void {
		const base = this.base(baseId);
		const table = this.table(baseId, idOrName);
		base.tables = base.tables.filter((candidate) => candidate !== table);
		this.#world.changed();
	}

	removeField({ baseId, table: tableName, field: fieldName }: { baseId: string; table: string; field: string }): void {
		const table = this.table(baseId, tableName);
		const gone = findField(table, fieldName);
		table.fields = table.fields.filter((field) => field !== gone);
		for (const row of table.rows) if (gone !== null) delete row.cells[gone.id];
		this.#world.changed();
	}

	setPermission(baseId: string, level: PermissionLevel): void {
		this.base(baseId).permissionLevel = level;
		this.#world.changed();
	}

	addToken(seed: TokenSeed): Token {
		return this.#world.tokens.add(seed);
	}

	revokeToken(token: string): void {
		this.#world.tokens.revoke(token);
	}

	registerClient(client: OAuthClient): void {
		this.#world.oauth.register(client);
	}

	/** Somebody to choose on the consent page; the first one is chosen unless a person chooses another. */
	addAccount(account: OAuthAccount): void {
		this.#world.oauth.accounts.push(account);
	}

	setOAuth(settings: Partial<OAuthSettings>): void {
		this.#world.oauth.settings = { ...this.#world.oauth.settings, ...settings };
	}

	/** As an hour that has passed for every token got by consent. */
	expireAccessTokens(): void {
		this.#world.oauth.expireAccess();
	}

	/** As a person (everybody, when none is named) who removes the integration in their account settings. */
	revokeGrants(email?: string): void {
		this.#world.oauth.revokeGrants(email);
	}

	setLimits(limits: Partial<LimitSettings>): void {
		this.#world.limits.settings = { ...this.#world.limits.settings, ...limits };
	}

	/** The workspace's calls of the month are used up, or there are new ones. */
	setExhausted(baseId: string, exhausted: boolean): void {
		if (exhausted) this.#world.exhausted.add(baseId);
		else this.#world.exhausted.delete(baseId);
	}

	/** Plans what goes wrong with the next matching requests; `struck` of the answer resolves when it did. */
	plan(rule: FaultRule): Fault {
		return this.#world.faults.plan(rule);
	}

	fault(id: number): Fault | null {
		return this.#world.faults.find(id);
	}

	faults(): FaultView[] {
		return this.#world.faults.all();
	}

	clearFaults(): void {
		this.#world.faults.clear();
	}

	counters(): Counters {
		return this.#world.journal.counters();
	}

	upserts(): AppliedUpsert[] {
		return this.#world.journal.upserts();
	}

	/** Forgets faults, counters, penalties and used-up quotas; bases, rows and tokens stay. */
	reset(): void {
		this.#world.faults.clear();
		this.#world.journal.reset();
		this.#world.limits.reset();
		this.#world.exhausted.clear();
	}
}
