import type {
	ConnectionCreate,
	ConnectionList,
	ConnectionPatch,
	ConnectionView,
	Table,
} from "../../backend/contract/connections.ts";
import type { ProviderList, ProviderView } from "../../backend/contract/providers.ts";
import type { RecordPage, RecordView } from "../../backend/contract/records.ts";
import type {
	TargetCreate,
	TargetList,
	TargetPatch,
	TargetSuggest,
	TargetSuggestion,
	TargetView,
} from "../../backend/contract/targets.ts";
import type { FullUserView, SessionView } from "../../backend/contract/users.ts";
import type { Operation, OperationResult, WritesBatchResponse } from "../../backend/contract/writes.ts";
import { createRequester, type Requester, type RequesterDeps } from "./request.ts";
import { isAnything, isList, withList, withObject } from "./shapes.ts";

/** The backend's API as functions. Every one throws `ApiFailure` and nothing else. */
export type Client = ReturnType<typeof createClient>;

/** `GET /api/v1/records?ids=` takes this many. */
export const maxRecordIds = 100;

/**
 * Typed requests on the contract. The answers' envelopes are checked and their content is trusted: it is our own
 * backend's, over the connection the token was given to.
 */
export function createClient(deps: RequesterDeps) {
	const request = createRequester(deps);
	return { ...recordCalls(request), ...connectionCalls(request), ...targetCalls(request), ...userCalls(request) };
}

function recordCalls(request: Requester) {
	return {
		/** One result per operation, in the order sent; `flush.ts` checks each against what it sent. */
		async writeBatch(operations: readonly Operation[], signal?: AbortSignal): Promise<OperationResult[]> {
			const answers = withList<WritesBatchResponse>("results");
			const body = { operations };
			return (await request({ method: "POST", path: "/api/v1/writes/batch", body, answers, signal })).results;
		},
		/** At most `maxRecordIds` ids; what the backend does not know is missing from the answer. */
		async recordsById(ids: readonly string[], signal?: AbortSignal): Promise<RecordView[]> {
			const path = `/api/v1/records?ids=${ids.join(",")}&limit=${maxRecordIds}`;
			return (await request({ path, answers: withList<RecordPage>("records"), signal })).records;
		},
		/** One page, newest change first. */
		records(query: { targetId?: string; status?: string; cursor?: string }): Promise<RecordPage> {
			return request({
				path: `/api/v1/records?${new URLSearchParams(query)}`,
				answers: withList<RecordPage>("records"),
			});
		},
		/** Tries a record that needs the person again. */
		async retryRecord(id: string): Promise<void> {
			await request({ method: "POST", path: `/api/v1/records/${id}/retry`, answers: isAnything });
		},
	};
}

function connectionCalls(request: Requester) {
	const isConnection = withList<ConnectionView>("scopes");
	return {
		async providers(): Promise<ProviderView[]> {
			return (await request({ path: "/api/v1/providers", answers: withList<ProviderList>("providers") })).providers;
		},
		async connections(): Promise<ConnectionView[]> {
			const answers = withList<ConnectionList>("connections");
			return (await request({ path: "/api/v1/connections", answers })).connections;
		},
		/** Checks the credential at the provider first, so it can take seconds. */
		createConnection(body: ConnectionCreate): Promise<ConnectionView> {
			return request({ method: "POST", path: "/api/v1/connections", body, answers: isConnection });
		},
		/** Rename, or reconnect with a new credential. */
		changeConnection(id: string, body: ConnectionPatch): Promise<ConnectionView> {
			return request({ method: "PATCH", path: `/api/v1/connections/${id}`, body, answers: isConnection });
		},
		/** Deletes its targets with it: ask the person first, naming them. */
		async deleteConnection(id: string): Promise<void> {
			await request({ method: "DELETE", path: `/api/v1/connections/${id}?force=true`, answers: isAnything });
		},
		/** Asks the provider, so it can take seconds. */
		connectionTables(id: string): Promise<Table[]> {
			return request({ path: `/api/v1/connections/${id}/tables`, answers: isList<Table> });
		},
	};
}

function targetCalls(request: Requester) {
	const isTarget = withList<TargetView>("mapping");
	return {
		async targets(): Promise<TargetView[]> {
			return (await request({ path: "/api/v1/targets", answers: withList<TargetList>("targets") })).targets;
		},
		createTarget(body: TargetCreate): Promise<TargetView> {
			return request({ method: "POST", path: "/api/v1/targets", body, answers: isTarget });
		},
		changeTarget(id: string, body: TargetPatch): Promise<TargetView> {
			return request({ method: "PATCH", path: `/api/v1/targets/${id}`, body, answers: isTarget });
		},
		async deleteTarget(id: string): Promise<void> {
			await request({ method: "DELETE", path: `/api/v1/targets/${id}`, answers: isAnything });
		},
		async runTarget(id: string): Promise<void> {
			await request({ method: "POST", path: `/api/v1/targets/${id}/runs`, answers: isAnything });
		},
		suggestMapping(body: TargetSuggest): Promise<TargetSuggestion> {
			const answers = withList<TargetSuggestion>("mapping");
			return request({ method: "POST", path: "/api/v1/targets/suggest", body, answers });
		},
	};
}

function userCalls(request: Requester) {
	return {
		fullUser(): Promise<FullUserView> {
			return request({ path: "/api/v1/users/me/full", answers: withObject<FullUserView>("user") });
		},
		/** With `permissions`, which every surface obeys. */
		userSession(): Promise<SessionView> {
			return request({ path: "/api/v1/users/session", answers: withList<SessionView>("permissions") });
		},
	};
}
