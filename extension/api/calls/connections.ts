import type {
	ConnectionAuthorization,
	ConnectionAuthorize,
	ConnectionCreate,
	ConnectionFinish,
	ConnectionList,
	ConnectionPatch,
	ConnectionView,
	ProfileList,
	RowList,
	Table,
} from "../../../backend/contract/connections.ts";
import type { ProviderList, ProviderView } from "../../../backend/contract/providers.ts";
import type { Requester } from "../request.ts";
import { isAnything, isList, withList, withText } from "../shapes.ts";

export function connectionCalls(request: Requester) {
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
		/** @returns the address of the window to open. Pages ask the background for the whole of it (`connection.open`). */
		beginConnecting(body: ConnectionAuthorize): Promise<ConnectionAuthorization> {
			const answers = withText<ConnectionAuthorization>("url");
			return request({ method: "POST", path: "/api/v1/connections/authorize", body, answers });
		},
		/** What the window ended with becomes a connection. */
		finishConnecting(body: ConnectionFinish): Promise<ConnectionView> {
			return request({ method: "POST", path: "/api/v1/connections/authorize/finish", body, answers: isConnection });
		},
		/** Rename, or reconnect with a new credential. */
		changeConnection(id: string, body: ConnectionPatch): Promise<ConnectionView> {
			return request({ method: "PATCH", path: `/api/v1/connections/${id}`, body, answers: isConnection });
		},
		/** Takes the account away and keeps its targets. `force` deletes them with it: ask the person first, naming them. */
		async deleteConnection(id: string, { force = false }: { force?: boolean } = {}): Promise<void> {
			await request({ method: "DELETE", path: `/api/v1/connections/${id}?force=${force}`, answers: isAnything });
		},
		/** The accounts that a login reaches. Asks the provider, so it can take seconds. */
		connectionProfiles(id: string): Promise<ProfileList> {
			const answers = withList<ProfileList>("profiles");
			return request({ path: `/api/v1/connections/${id}/profiles`, answers });
		},
		/** Which of them a connection works with. */
		chooseProfile(id: string, profileId: string): Promise<ConnectionView> {
			const path = `/api/v1/connections/${id}/profile`;
			return request({ method: "PUT", path, body: { profileId }, answers: isConnection });
		},
		/** Asks the provider, so it can take seconds. */
		connectionTables(id: string): Promise<Table[]> {
			return request({ path: `/api/v1/connections/${id}/tables`, answers: isList<Table> });
		},
		/** Rows of a table whose title has a text, at most 50; none where the provider lets nobody search. */
		async connectionRows(
			id: string,
			query: { tableId: string; containerId: string; text: string },
		): Promise<RowList["rows"]> {
			const path = `/api/v1/connections/${id}/rows?${new URLSearchParams(query)}`;
			return (await request({ path, answers: withList<RowList>("rows") })).rows;
		},
	};
}
