import { browser } from "wxt/browser";
import { defineUnlistedScript } from "wxt/utils/define-unlisted-script";
import "../capture/picker/handover.ts";
import type { Picked, PickedReply } from "../capture/picker/handover.ts";
import type { Chosen } from "../shots/choose.ts";
import "../shots/choose.ts";
import { openChooser } from "../ui/picker/open-chooser.tsx";
import { openPicker } from "../ui/picker/open-picker.tsx";

/** Injected after a gesture (CAP-5); shows nothing before it is told what to show. */
export default defineUnlistedScript(() => {
	globalThis.sheafPick = (request) =>
		openPicker(request, {
			window,
			send: async (recipe): Promise<PickedReply> =>
				await browser.runtime.sendMessage({ sheafPicked: request.token, recipe } satisfies Picked),
		});
	globalThis.sheafChoose = ({ token, theme }) =>
		openChooser(theme, {
			window,
			send: async (region) => void (await browser.runtime.sendMessage({ sheafChosen: token, region } satisfies Chosen)),
		});
});
