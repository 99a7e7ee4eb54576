import { useId } from "preact/hooks";
import type { RecordConflict } from "../../../../backend/contract/conflicts.ts";
import { ask } from "../../../messages/ask.ts";
import type { LocalRecord } from "../../../outbox/types.ts";
import { Button } from "../../parts/button.tsx";
import { useModal } from "../../parts/use-modal.ts";
import { titleOf } from "../../popup/recent.tsx";
import { decideWords as words } from "../../words/decide.ts";
import { unknownDestination } from "../../words/shared.ts";
import { useWorld } from "../context.ts";
import { RemoteView } from "../remote-view.tsx";
import { useDoing } from "../use-doing.ts";
import { useRemote } from "../use-remote.ts";
import { ChooseRow } from "./choose-row.tsx";
import { ChooseValues } from "./choose-values.tsx";
import type { Deciding } from "./decision-draft.ts";

/** Both versions of a record side by side, or the rows it may belong to; the choice is remembered until the row changes again. */
export function DecideRecord({ record, onDone }: { record: LocalRecord; onDone: () => void }) {
	const { client, online, settings } = useWorld();
	const dialog = useModal();
	const heading = useId();
	const { busy, problem, run } = useDoing();
	const [conflict, reload] = useRemote(record.id, () => client.recordConflict(record.id));
	const target = settings.targets.find(({ id }) => id === record.targetId);
	const deciding: Deciding = {
		provider: target?.providerTitle ?? unknownDestination,
		busy,
		problem,
		onDecide: (decision) =>
			run(async () => {
				await client.decideRecord(record.id, decision);
				await ask("records.refresh", {});
				onDone();
			}),
		onCancel: onDone,
	};
	return (
		<dialog ref={dialog} class="dialog dialog-decide" aria-labelledby={heading} onClose={onDone}>
			<h2 id={heading}>{words.title(titleOf(record))}</h2>
			<RemoteView remote={conflict} what={words.loading} online={online} onReload={reload}>
				{(value) => <Question conflict={value} deciding={deciding} />}
			</RemoteView>
		</dialog>
	);
}

function Question({ conflict, deciding }: { conflict: RecordConflict; deciding: Deciding }) {
	switch (conflict.kind) {
		case "differs":
			return <ChooseValues difference={conflict} deciding={deciding} />;
		case "ambiguous":
			return <ChooseRow candidates={conflict.candidates} targetId={conflict.targetId} deciding={deciding} />;
		case "none":
			return (
				<>
					<p class="muted">{words.gone}</p>
					<div class="dialog-buttons">
						<Button onPress={deciding.onCancel}>{words.close}</Button>
					</div>
				</>
			);
	}
}
