import { render } from "preact";
import { browser } from "wxt/browser";
import { isWishFor, panelWish } from "../../settings/panel-wish.ts";
import { openOwnOutbox } from "../local/outbox.ts";
import { recordFailedPage, recordPage } from "../local/record-page.ts";
import { readRecords } from "../local/records.ts";
import { readSettings } from "../local/settings.ts";
import "../parts/more-icons.ts";
import { PageFailed } from "../parts/page-failed.tsx";
import { Panel, recentLimit } from "./panel.tsx";

/** Reads what is local, then draws the panel. */
export async function startPanel(root: HTMLElement): Promise<void> {
	try {
		const [settings, last, here] = await Promise.all([
			readSettings(),
			panelWish.getValue(),
			browser.windows.getCurrent(),
		]);
		const windowId = here.id ?? browser.windows.WINDOW_ID_NONE;
		const wish = last !== null && isWishFor(windowId, last) ? last : null;
		const outbox = await openOwnOutbox(settings.account);
		const records = await readRecords(outbox, recentLimit);
		render(<Panel start={{ settings, outbox, records, wish, windowId }} />, root);
		recordPage("panel");
	} catch (error) {
		render(<PageFailed reason={error instanceof Error ? error.message : ""} />, root);
		recordFailedPage("panel", error);
	}
}
