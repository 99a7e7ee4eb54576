import type { TargetView } from "../../../../backend/contract/targets.ts";
import type { Taking } from "../../../outbox/types.ts";
import { canSync } from "../../local/may.ts";
import { Button } from "../../parts/button.tsx";
import { Icon } from "../../parts/icon.tsx";
import { TargetSelect } from "../../parts/target-select.tsx";
import { gridWords as words } from "../../words/grid.ts";
import { roleWords } from "../../words/roles.ts";
import type { PanelWorld } from "../panel.tsx";
import type { Grid } from "./use-grid.ts";
import type { Sending, SendingHandle } from "./use-sending.ts";

type SendRowsProps = {
	world: PanelWorld;
	grid: Grid;
	target: TargetView | null;
	handle: SendingHandle;
	onTarget: (targetId: string) => void;
	/** Every ticked row is saved. */
	onSent: () => void;
};

/** The foot of the grid: where the rows go, what they are, and the one press that sends them. */
export function SendRows({ world, grid, target, handle, onTarget, onSent }: SendRowsProps) {
	const { sending } = handle;
	const { counts } = grid;
	const { account, targets } = world.settings;
	const press = async () => {
		if (!(await handle.send(grid.toSend()))) return;
		grid.unpick();
		onSent();
	};
	return (
		<section class="send-rows" aria-label={words.sendSection}>
			<div class="send-rows-line">
				{account && !canSync(account) ? (
					<p class="muted">{roleWords.viewerPopup(account.workspaceName)}</p>
				) : (
					// Chosen here, it is where the next captures go too, as in the popup.
					<TargetSelect targets={targets} target={target} isGuest={account === null} onTarget={onTarget} />
				)}
				{sending.phase === "saving" ? (
					<Button onPress={handle.stop} busy={sending.stopping ? words.stopping : null}>
						{words.stop}
					</Button>
				) : (
					<Button
						look="main"
						disabled={counts.picked === 0}
						busy={sending.phase === "taking-back" ? words.takingBack(sending.left) : null}
						onPress={() => void press()}
					>
						{target === null ? words.saveRows(counts.picked) : words.sendRows(counts.picked)}
					</Button>
				)}
			</div>
			<p class="send-rows-counts muted">
				{words.counts(counts, grid.rows.length)}
				{grid.standings.checked !== "all" && <span> {words.checked[grid.standings.checked]}</span>}
			</p>
			<div class="send-rows-state" role="status">
				<State sending={sending} handle={handle} />
			</div>
		</section>
	);
}

function State({ sending, handle }: { sending: Sending; handle: SendingHandle }) {
	switch (sending.phase) {
		case "idle":
			return null;
		case "saving":
			return (
				<>
					<progress value={sending.saved} max={sending.total} aria-label={words.saving(sending.saved, sending.total)} />
					<span class="muted">{words.saving(sending.saved, sending.total)}</span>
				</>
			);
		case "saved":
			return (
				<>
					<Icon name="check" />
					<span>{words.saved(sending.saved, sending.total)}</span>
					<TakeBack taking={sending.taking} handle={handle} />
				</>
			);
		case "failed":
			return (
				<>
					<Icon name="alert" />
					<span>{words.failed(sending.saved, sending.total, sending.message)}</span>
					{sending.taking.length > 0 && <TakeBack taking={sending.taking} handle={handle} />}
				</>
			);
		case "taking-back":
			return <span class="muted">{words.takingBack(sending.left)}</span>;
		case "taken-back":
			return (
				<>
					<Icon name="undo" />
					<span>{words.takenBack(sending.count)}</span>
				</>
			);
	}
}

function TakeBack({ taking, handle }: { taking: readonly Taking[]; handle: SendingHandle }) {
	return (
		<Button look="quiet" size="small" onPress={() => void handle.takeBack(taking)}>
			{words.undo}
		</Button>
	);
}
