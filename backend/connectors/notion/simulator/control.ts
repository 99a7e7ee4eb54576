import type { Fault, FaultRule, FaultView } from "../../airtable/simulator/faults.ts";
import { addPage, changePage } from "./pages.ts";
import {
	type DatabaseSeed,
	type DataSource,
	type OAuthClient,
	type Page,
	person,
	type TokenSeed,
	type World,
} from "./state.ts";
import { Subscription } from "./subscription.ts";
import { readValues } from "./values.ts";

export type RowView = { id: string; inTrash: boolean; values: Record<string, unknown>; blocks: unknown[] };
export type Settings = {
	requestsPerMinute?: number | null;
	queryCap?: number;
	/** While true, queries do not see pages that are made; false lets them see all. */
	indexLags?: boolean;
	workspace?: { id: string; name: string };
	mayWrite?: boolean;
};

/** The hand on the simulator: sets its scene, plans what goes wrong, counts what happened. Not limited by any rate. */
export class SimulatorControl {
	readonly #world: World;

	constructor(world: World) {
		this.#world = world;
	}

	addDatabase(seed: DatabaseSeed): void {
		this.#world.addDatabase(seed);
	}

	addToken(seed: TokenSeed): void {
		this.#world.addToken(seed);
	}

	addClient(client: OAuthClient): void {
		this.#world.clients.push(client);
	}

	/** As if a person took the connection's access back: every token at once, or one. */
	revoke(secret?: string): void {
		if (secret === undefined) this.#world.tokens.clear();
		else this.#world.tokens.delete(secret);
	}

	set({ requestsPerMinute, queryCap, indexLags, workspace, mayWrite }: Settings): void {
		if (requestsPerMinute !== undefined) this.#world.requestsPerMinute = requestsPerMinute;
		if (queryCap !== undefined) this.#world.queryCap = queryCap;
		if (workspace !== undefined) this.#world.workspace = workspace;
		if (mayWrite !== undefined) for (const token of this.#world.tokens.values()) token.mayWrite = mayWrite;
		if (indexLags === true) this.#world.indexLags = true;
		if (indexLags === false) this.#world.catchUp();
	}

	dataSource(id: string): DataSource {
		const source = this.#world.dataSources.find((candidate) => candidate.id === id);
		if (source === undefined) throw new Error(`The simulator has no data source ${id}.`);
		return source;
	}

	/** Rows that are not in the trash. */
	pages(dataSourceId: string): Page[] {
		return [...this.#world.pages.values()].filter((page) => page.dataSourceId === dataSourceId && !page.inTrash);
	}

	rows(dataSourceId: string): RowView[] {
		return this.pages(dataSourceId).map(({ id, inTrash, values, blocks }) => ({ id, inTrash, values, blocks }));
	}

	/** A row that a person made, in the form in which pages are written. */
	addRow(dataSourceId: string, properties: Record<string, unknown>): Page {
		const source = this.dataSource(dataSourceId);
		return addPage(this.#world, { source, values: readValues(this.#world, source, properties), by: person });
	}

	/** As somebody does in Notion itself: other values, into the trash, or out of it. */
	editRow(pageId: string, properties: Record<string, unknown>, inTrash = false): void {
		const page = this.#world.pages.get(pageId);
		if (page === undefined) throw new Error(`The simulator has no page ${pageId}.`);
		const values = readValues(this.#world, this.dataSource(page.dataSourceId), properties);
		changePage(this.#world, page, { values, inTrash, by: person });
	}

	/** As the operator does in the settings of the integration. */
	subscribe(url: string): Subscription {
		this.#world.subscription = new Subscription(url);
		return this.#world.subscription;
	}

	removeProperty(dataSourceId: string, propertyId: string): void {
		const source = this.dataSource(dataSourceId);
		source.properties = source.properties.filter(({ id }) => id !== propertyId);
	}

	removeDataSource(dataSourceId: string): void {
		this.dataSource(dataSourceId).inTrash = true;
	}

	file(id: string): Uint8Array | null {
		return this.#world.uploads.get(id)?.bytes ?? null;
	}

	requests(): { method: string; path: string }[] {
		return [...this.#world.requests];
	}

	plan(rule: FaultRule): Fault {
		return this.#world.faults.plan(rule);
	}

	fault(id: number): Fault | null {
		return this.#world.faults.find(id);
	}

	faults(): FaultView[] {
		return this.#world.faults.all();
	}

	/** Forgets faults and counters; tables, rows and tokens stay. */
	reset(): void {
		this.#world.faults.clear();
		this.#world.requests.length = 0;
		this.#world.throttles.clear();
	}
}
