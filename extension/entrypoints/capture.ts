import { defineUnlistedScript } from "wxt/utils/define-unlisted-script";
import { captureDocument } from "../capture/capture.ts";
import type { Bound } from "../capture/handover.ts";

/** Injected after a gesture (CAP-5). Reads nothing by itself: it binds the document and waits to be called. */
export default defineUnlistedScript((): Bound => {
	globalThis.sheafCapture = (request) =>
		captureDocument(
			{
				document,
				url: location.href,
				selection: getSelection()?.toString() ?? "",
				readBody: globalThis.sheafReadBody ?? null,
			},
			request,
		);
	return { url: location.href };
});
