import type { Table } from "../../../backend/contract/connections.ts";
import type { SourceList, SourceRowsPage, SourceRowsQuery, SourceView } from "../../../backend/contract/selections.ts";
import type { SourcePlace, SourceSchema } from "../../../backend/contract/sources.ts";
import type { Requester } from "../request.ts";
import { isList, withList } from "../shapes.ts";

/** What rows can be picked from. All but `sources` ask the provider, so they can take seconds. */
export function sourceCalls(request: Requester) {
	const pathOf = (connectionId: string) => `/api/v1/sources/${connectionId}`;
	return {
		async sources(): Promise<SourceView[]> {
			return (await request({ path: "/api/v1/sources", answers: withList<SourceList>("sources") })).sources;
		},
		sourceTables(connectionId: string): Promise<Table[]> {
			return request({ path: `${pathOf(connectionId)}/tables`, answers: isList<Table> });
		},
		sourceSchema(connectionId: string, place: SourcePlace, signal?: AbortSignal): Promise<SourceSchema> {
			const path = `${pathOf(connectionId)}/schema?${new URLSearchParams(place)}`;
			return request({ path, answers: withList<SourceSchema>("columns"), signal });
		},
		/** A page of rows, searched and filtered where they are. */
		sourceRows(connectionId: string, body: SourceRowsQuery, signal?: AbortSignal): Promise<SourceRowsPage> {
			const answers = withList<SourceRowsPage>("rows");
			return request({ method: "POST", path: `${pathOf(connectionId)}/rows`, body, answers, signal });
		},
	};
}
