import type {
	SourceColumn,
	SourceFilter,
	SourcePlace,
	SourceRow,
	SourceSchema,
	SourceTotal,
} from "../contract/sources.ts";
import type { ConnectorCall, ConnectorResult, Told } from "./connector.ts";

/**
 * How rows come from a provider (CON-2, J6). Its tables are those of `discover`. It only reads, and it keeps nothing between calls: everything
 * a later page needs is in the cursor, which is stored and may be used hours later by another process.
 */
export type Source = {
	/** The person's several accounts behind one credential, where the provider has such; `place.profileId` is one of their ids. */
	profiles?(call: ConnectorCall): Promise<ConnectorResult<SourceProfile[]>>;
	/** The columns of a table as they are now. Refuses with `delivery/table-missing` one that is not there (any more). */
	schema(call: ConnectorCall, place: SourcePlace): Promise<ConnectorResult<SourceSchema>>;
	/**
	 * A page of rows in an order that rows which come and go meanwhile do not upset: a row that is there from the first page to the last is
	 * in the pages at least once (whoever calls keeps one per `externalId`). Conditions and search are checked by the provider, over the whole table and not over
	 * a page. No rows with a cursor is a page too.
	 */
	list(call: ConnectorCall, place: SourcePlace, query: SourceQuery): Promise<ConnectorResult<SourcePage>>;
	/** What a person is advised to allow Sheaf here, in a sentence or two: shown where the source is chosen. */
	advice?: string;
};

/** `detail` tells two of one name apart, for example the country. */
export type SourceProfile = { id: string; name: string; detail: string };

export type SourceQuery = {
	/** Null begins. One that is not (or no longer) understood begins anew: rows are seen again, none is left out. */
	cursor: string | null;
	/** All of them hold. Only columns of `schema`, each with one of its own `operators`. */
	filter: SourceFilter;
	/** Rows with this text in a searchable column, whatever its case; null: all. */
	search: string | null;
	/** Rows on this page, at most 500; fewer where the provider allows fewer. */
	limit: number;
	/** What the rows are to have, in this order. Rows may have more; it is left out by whoever calls. */
	columns: readonly SourceColumn[];
	/** As `schema` answered it last. */
	schema: SourceSchema;
};

/** `externalId` as a row would have one, the same at every listing. */
export type SourceRowProblem = { externalId: string } & Told;

export type SourcePage = {
	rows: SourceRow[];
	/** Null ends. */
	cursor: string | null;
	/** Where something is a row there and cannot be read as one. It is told with the run, and the others go on. */
	problems?: SourceRowProblem[];
	/** There on the first page, where the provider tells it without being asked for every row; on a later one where it is known better by then. */
	total?: SourceTotal;
	/** How long to rest before the next page is asked for: what it answers is still being made there (a report). */
	afterMs?: number;
};
