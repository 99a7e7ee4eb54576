import { render } from "preact";
import { openOwnOutbox } from "../local/outbox.ts";
import { recordFailedPage, recordPage } from "../local/record-page.ts";
import { readRecords } from "../local/records.ts";
import { readSettings } from "../local/settings.ts";
import { PageFailed } from "../parts/page-failed.tsx";
import { Popup, recentLimit } from "./popup.tsx";
import { activeTab } from "./read-page.ts";

/** Reads what is local, then draws the popup over the outline that index.html has painted already. */
export async function startPopup(root: HTMLElement): Promise<void> {
	try {
		const [settings, tab] = await Promise.all([readSettings(), activeTab().catch(() => null)]);
		const outbox = await openOwnOutbox(settings.account);
		const records = await readRecords(outbox, recentLimit);
		root.textContent = "";
		render(<Popup start={{ settings, outbox, records, tab }} />, root);
		recordPage("popup");
	} catch (error) {
		root.textContent = "";
		render(<PageFailed reason={error instanceof Error ? error.message : ""} />, root);
		recordFailedPage("popup", error);
	}
}
