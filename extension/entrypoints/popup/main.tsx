import { render } from "preact";
import { openOwnOutbox } from "../../ui/local/outbox.ts";
import { readRecords } from "../../ui/local/records.ts";
import { readSettings } from "../../ui/local/settings.ts";
import { PageFailed } from "../../ui/parts/page-failed.tsx";
import { Popup, recentLimit } from "../../ui/popup/popup.tsx";

/** Reads what is local, then draws the popup over the outline that index.html has painted already. */
async function start(root: HTMLElement): Promise<void> {
	try {
		const settings = await readSettings();
		const outbox = await openOwnOutbox(settings.account);
		const records = await readRecords(outbox, recentLimit);
		root.textContent = "";
		render(<Popup start={{ settings, outbox, records }} />, root);
	} catch (error) {
		root.textContent = "";
		render(<PageFailed reason={error instanceof Error ? error.message : ""} />, root);
	}
}

const root = document.getElementById("app");
if (root) void start(root);
