import { useEffect, useState } from "preact/hooks";
import { type BulkNote, bulkLock, bulkNote } from "../../settings/bulk-note.ts";
import { Banner } from "../parts/banner.tsx";
import { gridWords as words } from "../words/grid.ts";
import { guestWords } from "../words/guest.ts";

/** Says how far rows came that were being saved when their panel was closed. */
export function CutOff({ userId }: { userId: string | null }) {
	const [note, setNote] = useState<BulkNote | null>(null);
	useEffect(() => {
		void leftBehind().then(setNote);
	}, []);
	if (!note || note.userId !== userId) return null;
	const hide = () => {
		setNote(null);
		void bulkNote.removeValue();
	};
	return (
		<Banner tone="warn" icon="alert" dismiss={{ label: guestWords.hide, onPress: hide }}>
			{words.cutOff(note.title, note.saved, note.total)}
		</Banner>
	);
}

/** null as well while another panel is at it. */
async function leftBehind(): Promise<BulkNote | null> {
	return await navigator.locks.request(bulkLock, { ifAvailable: true }, async (lock) =>
		lock === null ? null : await bulkNote.getValue(),
	);
}
