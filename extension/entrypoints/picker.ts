import { browser } from "wxt/browser";
import { defineUnlistedScript } from "wxt/utils/define-unlisted-script";
import "../capture/picker/handover.ts";
import type { Picked, PickedReply } from "../capture/picker/handover.ts";
import { openPicker } from "../ui/picker/open-picker.tsx";

/** Injected after a gesture (CAP-5); shows nothing before it is told what to show. */
export default defineUnlistedScript(() => {
	globalThis.sheafPick = (request) =>
		openPicker(request, {
			window,
			send: async (recipe): Promise<PickedReply> =>
				await browser.runtime.sendMessage({ sheafPicked: request.token, recipe } satisfies Picked),
		});
});
