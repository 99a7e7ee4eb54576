import type { RouteModule } from "../app-deps.ts";
import { deleteOneConnection } from "./delete-connection.ts";
import { getConnectCallback } from "./get-callback.ts";
import { getOneConnection } from "./get-connection.ts";
import { getConnectStart } from "./get-start.ts";
import { getConnections } from "./list-connections.ts";
import { getConnectionProfiles } from "./list-profiles.ts";
import { getConnectionRows } from "./list-rows.ts";
import { getConnectionTables } from "./list-tables.ts";
import { patchConnection } from "./patch-connection.ts";
import { postConnectionAuthorize } from "./post-authorize.ts";
import { postConnectionFinish } from "./post-authorize-finish.ts";
import { postConnection } from "./post-connection.ts";
import { postConnectStart } from "./post-start.ts";
import { putConnectionProfile } from "./put-profile.ts";

/** Every route about connections, for `routes.ts`. */
export const connectionRoutes: readonly RouteModule[] = [
	getConnections,
	postConnection,
	postConnectionAuthorize,
	postConnectionFinish,
	getConnectStart,
	postConnectStart,
	getConnectCallback,
	getOneConnection,
	patchConnection,
	deleteOneConnection,
	getConnectionTables,
	getConnectionRows,
	getConnectionProfiles,
	putConnectionProfile,
];
