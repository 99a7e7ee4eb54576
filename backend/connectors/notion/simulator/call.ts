import { notFound, refuse } from "./replies.ts";
import { type DataSource, sameId, type Token, type World } from "./state.ts";

export type SentFile = { type: string; bytes: Uint8Array };

/** One request to the API, read and let in. */
export class Call {
	readonly world: World;
	readonly token: Token;
	readonly method: string;
	/** Decoded path segments after `/v1`. */
	readonly segments: readonly string[];
	readonly query: URLSearchParams;
	/** The parsed JSON body; empty when there was none. */
	readonly body: Readonly<Record<string, unknown>>;
	/** A form's file. */
	readonly file: SentFile | null;

	constructor(given: Pick<Call, "world" | "token" | "method" | "segments" | "query" | "body" | "file">) {
		this.world = given.world;
		this.token = given.token;
		this.method = given.method;
		this.segments = given.segments;
		this.query = given.query;
		this.body = given.body;
		this.file = given.file;
	}

	/** Whether the pages a person chose include this data source's database. */
	sees(source: DataSource): boolean {
		return this.token.databases === null || this.token.databases.has(source.databaseId);
	}

	dataSource(id: string | undefined): DataSource {
		const source = this.world.dataSources.find((candidate) => sameId(candidate.id, id ?? ""));
		return source !== undefined && this.sees(source) ? source : notFound("data_source", id ?? "");
	}

	needWrite(): void {
		if (!this.token.mayWrite) {
			refuse(403, "restricted_resource", "Insufficient permissions for this endpoint.");
		}
	}
}
