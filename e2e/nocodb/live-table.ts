import type { ConformanceColumn, ConformanceSimulator } from "../../backend/connectors/conformance-bench.ts";
import { placeContainer } from "../../backend/connectors/server-address.ts";
import { administrator } from "./administrator.ts";

type Json = Record<string, unknown>;

/** One request to the server, as its administrator. */
async function ask<Answer = Json>(
	url: string,
	request: { method?: string; token: string; json?: unknown },
): Promise<Answer> {
	const response = await fetch(url, {
		method: request.method ?? "GET",
		headers: { "content-type": "application/json", "xc-auth": request.token },
		...(request.json === undefined ? {} : { body: JSON.stringify(request.json) }),
	});
	const text = await response.text();
	if (!response.ok) throw new Error(`${request.method ?? "GET"} ${url} answered ${response.status}: ${text}`);
	return JSON.parse(text === "" ? "null" : text) as Answer;
}

const kinds: Readonly<Record<ConformanceColumn, string>> = {
	key: "SingleLineText",
	text: "SingleLineText",
	long: "LongText",
	number: "Decimal",
	day: "Date",
	instant: "DateTime",
	choice: "SingleSelect",
};

type Column = { id: string; title: string };

/** A base of its own with the suite's table, and what the suite does to it behind the connector's back. */
export class LiveTable {
	readonly #url: string;
	readonly #admin: string;
	readonly #place: { baseId: string; tableId: string; columns: readonly Column[]; token: string };

	private constructor(
		url: string,
		admin: string,
		place: { baseId: string; tableId: string; columns: readonly Column[]; token: string },
	) {
		this.#url = url;
		this.#admin = admin;
		this.#place = place;
	}

	static async open(url: string): Promise<LiveTable> {
		const { token: admin } = await ask<{ token: string }>(`${url}/api/v1/auth/user/signin`, {
			method: "POST",
			token: "",
			json: administrator,
		});
		const post = <Answer>(path: string, json: unknown) =>
			ask<Answer>(`${url}${path}`, { method: "POST", token: admin, json });
		const { id: baseId } = await post<{ id: string }>("/api/v2/meta/bases", { title: `Check ${crypto.randomUUID()}` });
		const parts = Object.entries(kinds).map(([title, uidt]) => ({
			title,
			column_name: title,
			uidt,
			...(uidt === "SingleSelect" ? { dtxp: "'Red'" } : {}),
		}));
		const { id: tableId, columns } = await post<{ id: string; columns: Column[] }>(
			`/api/v2/meta/bases/${baseId}/tables`,
			{
				table_name: "rows",
				title: "Rows",
				columns: [{ title: "Id", column_name: "id", uidt: "ID" }, ...parts],
			},
		);
		const { token } = await post<{ token: string }>("/api/v1/tokens", {
			description: "check",
		});
		return new LiveTable(url, admin, { baseId, tableId, columns, token });
	}

	/** The real server in the simulator's place. */
	get simulator(): ConformanceSimulator {
		const { baseId, tableId, token } = this.#place;
		const credential = { address: this.#url, token };
		const ids = Object.keys(kinds).map((title) => [title, this.#column(title).id]);
		return {
			url: this.#url,
			credential,
			table: {
				containerId: placeContainer(baseId, this.#url),
				tableId,
				columns: Object.fromEntries(ids) as Record<ConformanceColumn, string>,
			},
			rows: () => this.#rows(),
			plant: (cells) => this.#change("POST", `/api/v2/tables/${tableId}/records`, [this.#byTitle(cells)]),
			removeColumn: (part) => this.#change("DELETE", `/api/v2/meta/columns/${this.#column(part).id}`),
			// It goes on answering to a deleted token for a while, so the suite's becomes one that it never gave out.
			revokeCredential: () => {
				credential.token = `${token}unknown`;
			},
			withdrawPermission: () => {
				throw new Error("The administrator's own token cannot lose a right.");
			},
			fail: () => {
				throw new Error("A real server does not fail on demand.");
			},
			stop: async () => {
				await ask(`${this.#url}/api/v2/meta/bases/${baseId}`, { method: "DELETE", token: this.#admin });
			},
		};
	}

	#column(title: string): Column {
		const column = this.#place.columns.find((candidate) => candidate.title === title);
		if (column === undefined) throw new Error(`The server made no column ${title}.`);
		return column;
	}

	#byTitle(cells: Json): Json {
		return Object.fromEntries(
			this.#place.columns.filter(({ id }) => id in cells).map(({ id, title }) => [title, cells[id]]),
		);
	}

	async #change(method: string, path: string, json?: unknown): Promise<void> {
		await ask(`${this.#url}${path}`, { method, token: this.#admin, json });
	}

	async #rows(): Promise<Json[]> {
		const { tableId } = this.#place;
		const { columns } = await ask<{ columns: Column[] }>(`${this.#url}/api/v2/meta/tables/${tableId}`, {
			token: this.#admin,
		});
		const { list } = await ask<{ list: Json[] }>(`${this.#url}/api/v2/tables/${tableId}/records?limit=1000&sort=Id`, {
			token: this.#admin,
		});
		return list.map((row) => cellsOf(columns, row, this.#column("instant").id));
	}
}

/** By column id, empty ones absent, instants in the suite's way of writing. */
function cellsOf(columns: readonly Column[], row: Json, instantId: string): Json {
	const filled = columns.filter(({ title }) => row[title] !== null && row[title] !== undefined);
	return Object.fromEntries(
		filled.map(({ id, title }) => [
			id,
			id === instantId ? new Date(String(row[title]).replace(" ", "T")).toISOString() : row[title],
		]),
	);
}
