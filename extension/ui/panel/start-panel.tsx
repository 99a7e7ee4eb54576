import { render } from "preact";
import { panelWish } from "../../settings/panel-wish.ts";
import { openOwnOutbox } from "../local/outbox.ts";
import { readRecords } from "../local/records.ts";
import { readSettings } from "../local/settings.ts";
import { PageFailed } from "../parts/page-failed.tsx";
import { Panel, recentLimit } from "./panel.tsx";

/** Reads what is local, then draws the panel. */
export async function startPanel(root: HTMLElement): Promise<void> {
	try {
		const [settings, wish] = await Promise.all([readSettings(), panelWish.getValue()]);
		const outbox = await openOwnOutbox(settings.account);
		const records = await readRecords(outbox, recentLimit);
		render(<Panel start={{ settings, outbox, records, wish }} />, root);
	} catch (error) {
		render(<PageFailed reason={error instanceof Error ? error.message : ""} />, root);
	}
}
