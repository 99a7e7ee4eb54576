import type {
	SelectionCreate,
	SelectionList,
	SelectionPatch,
	SelectionRowPage,
	SelectionRowsKeep,
	SelectionRowsQuery,
	SelectionRun,
	SelectionRunList,
	SelectionView,
} from "../../../backend/contract/selections.ts";
import type { Requester } from "../request.ts";
import { isAnything, withList, withText } from "../shapes.ts";

type RowsAsked = { state: NonNullable<SelectionRowsQuery["state"]>; cursor?: string };

/** What is picked from where, saved, and its runs. */
export function selectionCalls(request: Requester) {
	const all = "/api/v1/selections";
	const isSelection = withList<SelectionView>("rowIds");
	const isRunList = withList<SelectionRunList>("runs");
	return {
		async selections(): Promise<SelectionView[]> {
			return (await request({ path: all, answers: withList<SelectionList>("selections") })).selections;
		},
		selection(id: string, signal?: AbortSignal): Promise<SelectionView> {
			return request({ path: `${all}/${id}`, answers: isSelection, signal });
		},
		/** Looks at the source's columns first, so it can take seconds. Nothing is picked before a run. */
		createSelection(body: SelectionCreate): Promise<SelectionView> {
			return request({ method: "POST", path: all, body, answers: isSelection });
		},
		changeSelection(id: string, body: SelectionPatch): Promise<SelectionView> {
			return request({ method: "PATCH", path: `${all}/${id}`, body, answers: isSelection });
		},
		/** Its records stay. */
		async deleteSelection(id: string): Promise<void> {
			await request({ method: "DELETE", path: `${all}/${id}`, answers: isAnything });
		},
		/** The newest twenty, the newest first. */
		async selectionRuns(id: string, signal?: AbortSignal): Promise<SelectionRun[]> {
			return (await request({ path: `${all}/${id}/runs`, answers: isRunList, signal })).runs;
		},
		/** Picks now. Refused with `selections/running` while a run goes on. */
		runSelection(id: string): Promise<SelectionRun> {
			return request({ method: "POST", path: `${all}/${id}/runs`, answers: withText<SelectionRun>("status") });
		},
		/** Rows that are gone at the source, or that could not be taken in. */
		selectionRows(id: string, { state, cursor }: RowsAsked): Promise<SelectionRowPage> {
			const query = new URLSearchParams({ state, ...(cursor === undefined ? {} : { cursor }) });
			return request({ path: `${all}/${id}/rows?${query}`, answers: withList<SelectionRowPage>("rows") });
		},
		/** Gone rows stay at the destination and are told of no more. */
		async keepSelectionRows(id: string, body: SelectionRowsKeep): Promise<void> {
			await request({ method: "POST", path: `${all}/${id}/rows/keep`, body, answers: isAnything });
		},
		/** What was taken in stays. @returns its runs */
		async stopSelection(id: string): Promise<SelectionRun[]> {
			return (await request({ method: "POST", path: `${all}/${id}/stop`, answers: isRunList })).runs;
		},
	};
}
