import type { Source } from "../connectors/source.ts";
import type { SelectionCreate, SelectionRun, SelectionView } from "../contract/selections.ts";
import type { SourceColumn, SourceRow } from "../contract/sources.ts";
import type { Principal } from "../db/principal.ts";
import type { TestDatabase } from "../db/test-database.ts";
import { createTestConnector } from "../sync/test-connector.ts";
import { createTestEngine, type TestEngine } from "../sync/test-engine.ts";
import type { TestTarget } from "../targets/test-target.ts";
import { runSelection } from "./run-selection.ts";
import { createSelection } from "./save-selection.ts";
import { listSelectionRuns } from "./selection-view.ts";
import { startSelectionRun } from "./start-selection-run.ts";

type Failure = Extract<Awaited<ReturnType<Source["list"]>>, { message: string }>;

/** A source in memory: rows in the order of their ids, a few on a page. */
export class ScriptedSource {
	readonly rows = new Map<string, { title: string; url: string; price?: number }>();
	/** What the next listing answers instead of a page. */
	failure: Failure | null = null;
	/** Called before each page is answered. */
	onPage: () => Promise<void> | void = () => undefined;
	pageSize = 4;
	listings = 0;

	put(id: string, title: string, price?: number): void {
		const row = { title, url: `https://example.test/${id}` };
		this.rows.set(id, price === undefined ? row : { ...row, price });
	}

	readonly source: Source = {
		schema: async () => ({ kind: "ok", value: { columns, needsKey: false } }),
		list: async (_call, _place, { cursor, search }) => {
			this.listings += 1;
			await this.onPage();
			const { failure } = this;
			this.failure = null;
			if (failure !== null) return failure;
			const ids = [...this.rows.keys()].toSorted().filter((id) => cursor === null || id > cursor);
			const found = ids.filter((id) => search === null || this.rows.get(id)?.title.includes(search) === true);
			const page = found.slice(0, this.pageSize);
			const next = found.length > page.length ? (page.at(-1) ?? null) : null;
			const total = cursor === null ? { total: { count: found.length, exact: true } } : {};
			return { kind: "ok", value: { rows: page.map((id) => this.#row(id)), cursor: next, ...total } };
		},
		advice: "Let Sheaf read.",
	};

	#row(externalId: string): SourceRow {
		const { title = "", url = "", price } = this.rows.get(externalId) ?? {};
		return {
			externalId,
			changedAt: null,
			fields: {
				c1: { type: "text", value: title },
				c2: { type: "url", value: url },
				...(price === undefined ? {} : { c3: { type: "number" as const, value: price } }),
			},
		};
	}
}

const column = (id: string, name: string, type: SourceColumn["type"]): SourceColumn => {
	return { id, name, type, providerType: type, key: false, searchable: true, operators: ["is"] };
};
/** Named as the fields that the test target maps. */
const columns = [column("c1", "title", "text"), column("c2", "url", "url"), column("c3", "price", "number")];

export type TestSources = Omit<TestEngine, "deps"> & {
	deps: Parameters<typeof createSelection>[0] & TestEngine["deps"];
	scripted: ScriptedSource;
	create(principal: Principal, target: TestTarget, wanted?: Partial<SelectionCreate>): Promise<SelectionView>;
	/** One job, as a ring would start it. */
	work(principal: Principal, runId: string): Promise<void>;
	/** Begins a run and works until it has ended. */
	pick(principal: Principal, selectionId: string): Promise<SelectionRun>;
};

export function createTestSources(db: TestDatabase): TestSources {
	const scripted = new ScriptedSource();
	const provider = createTestConnector();
	Object.assign(provider.connector, { source: scripted.source });
	const engine = createTestEngine(db, provider);
	const deps: TestSources["deps"] = { ...engine.deps, vault: { ...engine.deps.vault, forget: undefined } as never };
	const work = ({ workspaceId }: Principal, runId: string) =>
		runSelection(deps, { workspaceId, runId }, new AbortController().signal);
	return {
		...engine,
		deps,
		scripted,
		create: (principal, { connectionId, targetId }, wanted = {}) =>
			createSelection(deps, principal, {
				name: "Rows",
				connectionId,
				place: { containerId: "app1", tableId: "rows" },
				targetId,
				...wanted,
			}),
		work,
		pick: async (principal, selectionId) => {
			const { id } = await startSelectionRun(deps, principal, selectionId);
			for (;;) {
				await work(principal, id);
				const run = (await listSelectionRuns(deps, principal, selectionId)).find((one) => one.id === id);
				if (run === undefined) throw new Error("The run is gone.");
				if (run.status !== "running") return run;
			}
		},
	};
}
