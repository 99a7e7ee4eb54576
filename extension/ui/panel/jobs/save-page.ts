import type { TabCapture } from "../../../background/capture-tab.ts";
import type { JobRow } from "../../../outbox/job-database.ts";
import type { LocalRecord, NewCapture } from "../../../outbox/types.ts";
import { draftByHand } from "../../popup/editor.ts";
import { mergeForUpdate } from "../../record/record-form.ts";

/** What saving a page needs; none rejects but `save`. */
export type PageDeps = {
	mayRead: (url: string) => Promise<boolean>;
	/** Reads an open tab. */
	readTab: (tabId: number, url: string) => Promise<TabCapture>;
	/** Opens the page where the person is not disturbed, reads it and closes it. */
	readPage: (url: string) => Promise<TabCapture>;
	/** Saves durably; what stands for the address already gets a new version. @returns the record's id */
	save: (capture: Omit<NewCapture, "targetId">) => Promise<string>;
};

/**
 * Saves one page of a job and says what became of it. One that cannot be read is saved as a link; one that cannot be saved is failed, with the
 * reason. Never rejects.
 */
export async function savePage(row: JobRow, deps: PageDeps): Promise<JobRow> {
	const read = await readIt(row, deps);
	const draft = "draft" in read ? read.draft : draftByHand(row.url, row.title);
	const document = "draft" in read ? read.document : null;
	try {
		const recordId = await deps.save({ ...draft, document });
		const { title } = draft.source;
		return "failed" in read
			? { ...row, state: "link", reason: read.failed, recordId }
			: { ...row, title: title || row.title, state: "saved", reason: null, recordId };
	} catch (error) {
		return { ...row, state: "failed", reason: error instanceof Error ? error.message : "" };
	}
}

type Update = Pick<NewCapture, "kind" | "fields" | "provenance" | "document">;

/**
 * What is saved of a page that has a record already: the page as it is now, with what the person typed into the record kept. Of a page that
 * was not read there is nothing but its address: then the record stays as it is.
 */
export function updateOf<Capture extends Update>(
	capture: Capture,
	{ kind, fields, provenance }: Pick<LocalRecord, "kind" | "fields" | "provenance">,
): Capture {
	const saved = { fields, provenance };
	return { ...capture, kind, ...(capture.document === null ? saved : mergeForUpdate(capture, saved)) };
}

type Reading = TabCapture | { failed: "no-permission" };

async function readIt({ url, tabId }: JobRow, deps: PageDeps): Promise<Reading> {
	if (!(await deps.mayRead(url).catch(() => false))) return { failed: "no-permission" };
	return tabId === null ? await deps.readPage(url) : await deps.readTab(tabId, url);
}
