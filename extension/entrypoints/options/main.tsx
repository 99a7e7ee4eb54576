import { render } from "preact";
import { openOwnOutbox } from "../../ui/local/outbox.ts";
import { recordFailedPage, recordPage } from "../../ui/local/record-page.ts";
import { readRecords } from "../../ui/local/records.ts";
import { readSettings } from "../../ui/local/settings.ts";
import { Options, recentLimit } from "../../ui/options/options.tsx";
import "../../ui/parts/more-icons.ts";
import { PageFailed } from "../../ui/parts/page-failed.tsx";

async function start(root: HTMLElement): Promise<void> {
	try {
		const settings = await readSettings();
		const outbox = await openOwnOutbox(settings.account);
		const records = await readRecords(outbox, recentLimit);
		render(<Options start={{ settings, outbox, records }} />, root);
		recordPage("options");
	} catch (error) {
		render(<PageFailed reason={error instanceof Error ? error.message : ""} />, root);
		recordFailedPage("options", error);
	}
}

const root = document.getElementById("app");
if (root) void start(root);
