import { defineUnlistedScript } from "wxt/utils/define-unlisted-script";
import "../capture/tables/handover.ts";
import { createTables } from "../capture/tables/tables.ts";

/** Injected after a gesture (CAP-5). A second injection keeps what the first one knows of the page's tables. */
export default defineUnlistedScript((): boolean => {
	globalThis.sheafTables ??= createTables({ document, window });
	return true;
});
