import { defineUnlistedScript } from "wxt/utils/define-unlisted-script";
import "../capture/tables/handover.ts";
import { createTables } from "../capture/tables/tables.ts";

/**
 * Injected after a gesture (CAP-5). A second injection keeps what the first one knows of the page's tables. An element of that
 * name (`<a id="sheafTables">`) is what the name means in a page, until something is assigned.
 */
export default defineUnlistedScript((): boolean => {
	const known: unknown = globalThis.sheafTables;
	if (typeof known !== "function") globalThis.sheafTables = createTables({ document, window });
	return true;
});
