import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";
import type { SelectionView } from "../../../../backend/contract/selections.ts";
import { Button } from "../../parts/button.tsx";
import { Icon } from "../../parts/icon.tsx";
import { Menu } from "../../parts/menu.tsx";
import { Problem } from "../../parts/problem.tsx";
import { selectionWords as words } from "../../words/selections.ts";
import { useWorld } from "../context.ts";
import { RenameForm } from "../rename-form.tsx";
import { useDoing } from "../use-doing.ts";
import { DeleteSelection } from "./delete-selection.tsx";

type SelectionActionsProps = {
	selection: SelectionView;
	/** Reads the list again. */
	onChanged: () => Promise<void>;
	/** What comes first in the row of buttons. */
	children?: ComponentChildren;
};

/** What can be done with a selection as a whole, wherever it is shown. */
export function SelectionActions({ selection, onChanged, children }: SelectionActionsProps) {
	const { client } = useWorld();
	const { busy, problem, run } = useDoing();
	const [doing, setDoing] = useState<"rename" | "delete" | null>(null);
	const act = (work: () => Promise<unknown>) =>
		run(async () => {
			await work();
			await onChanged();
		});
	const rename = async (name: string) => {
		await client.changeSelection(selection.id, { name });
		await onChanged();
	};
	return (
		<>
			<Problem>{problem}</Problem>
			{doing === "rename" && (
				<RenameForm label={words.nameLabel} name={selection.name} save={rename} onDone={() => setDoing(null)} />
			)}
			<div class="item-actions">
				{children}
				<RunButtons selection={selection} busy={busy} act={act} />
				<Menu
					class="button item-more"
					label={words.more(selection.name)}
					entries={[
						{ label: words.rename, icon: "pencil", onPress: () => setDoing("rename") },
						{ label: words.delete, icon: "trash", onPress: () => setDoing("delete") },
					]}
				>
					<Icon name="more" />
				</Menu>
			</div>
			{doing === "delete" && (
				<DeleteSelection selection={selection} onDeleted={onChanged} onDone={() => setDoing(null)} />
			)}
		</>
	);
}

type RunButtonsProps = {
	selection: SelectionView;
	busy: boolean;
	/** Does it and reads the list again. */
	act: (work: () => Promise<unknown>) => void;
};

/** Run now or Stop; Pause or Resume, where something would run by itself. Without a target nothing can. */
function RunButtons({ selection, busy, act }: RunButtonsProps) {
	const { client } = useWorld();
	const { id, paused, lastRun, targetId, frequency } = selection;
	const pauseWords = paused ? words.resume : words.pause;
	return (
		<>
			{lastRun?.status === "running" ? (
				<Button busy={busy ? words.stop : null} onPress={() => act(() => client.stopSelection(id))}>
					{words.stop}
				</Button>
			) : (
				targetId !== null && (
					<Button busy={busy ? words.runNow : null} onPress={() => act(() => client.runSelection(id))}>
						{words.runNow}
					</Button>
				)
			)}
			{(paused ? targetId !== null : frequency !== "manual") && (
				<Button disabled={busy} onPress={() => act(() => client.changeSelection(id, { paused: !paused }))}>
					{pauseWords}
				</Button>
			)}
		</>
	);
}
