import { useState } from "preact/hooks";
import type { Records } from "../../local/records.ts";
import { OptionsContext, type Undoable } from "../../options/context.ts";
import { RecordList } from "../../options/records/record-list.tsx";
import { optionsPath } from "../../options/route.ts";
import { Banner } from "../../parts/banner.tsx";
import { ButtonLink } from "../../parts/button.tsx";
import { Empty } from "../../parts/empty.tsx";
import { UndoLine } from "../../parts/undo.tsx";
import { panelWords as words } from "../../words/panel.ts";
import type { PanelWorld } from "../panel.tsx";

/** More are counted and seen in the options page. */
const mostLines = 100;

/** What is not where it belongs yet, oldest first, with what can be done about each; and the way to what waits for approval. */
export function WaitingTab({ world }: { world: PanelWorld }) {
	const [undoable, setUndoable] = useState<Undoable | null>(null);
	const { records, settings } = world;
	const inReview = settings.targets.reduce((sum, target) => sum + target.inReview, 0);
	const page = { catalog: { state: "loading" as const }, reload: async () => undefined, offerUndo: setUndoable };
	return (
		<OptionsContext.Provider value={{ ...world, ...page }}>
			{inReview > 0 && <InReview count={inReview} />}
			{records.unsettled.length === 0 ? <NothingWaits /> : <Waiting records={records} />}
			{undoable && (
				<UndoLine
					words={undoable.words}
					onUndo={() => void undoable.undo().finally(() => setUndoable(null))}
					onGone={() => setUndoable(null)}
				/>
			)}
		</OptionsContext.Provider>
	);
}

function InReview({ count }: { count: number }) {
	return (
		<Banner
			icon="pause"
			action={
				<ButtonLink size="small" newTab href={optionsPath("inbox")}>
					{words.openInbox}
				</ButtonLink>
			}
		>
			{words.inReview(count)}
		</Banner>
	);
}

function NothingWaits() {
	return (
		<Empty
			icon="check"
			action={
				<ButtonLink newTab href={optionsPath("records")}>
					{words.seeAll}
				</ButtonLink>
			}
		>
			{words.nothingWaits}
		</Empty>
	);
}

function Waiting({ records: { unsettled, counts } }: { records: Records }) {
	const shown = unsettled.slice(0, mostLines);
	const left = counts.waiting + counts.needsYou - shown.length;
	return (
		<div class="waiting">
			<RecordList records={shown} />
			{left > 0 && (
				<ButtonLink newTab href={optionsPath("records")}>
					{words.more(left)}
				</ButtonLink>
			)}
		</div>
	);
}
