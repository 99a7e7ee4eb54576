import type { TablesReply, TablesRequest } from "./types.ts";

/** How the background talks to the injected script, as in `../handover.ts`: defined in the isolated world, called with a request. */
declare global {
	var sheafTables: ((request: TablesRequest) => Promise<TablesReply>) | undefined;
}
