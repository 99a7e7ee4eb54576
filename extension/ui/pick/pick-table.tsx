import { useState } from "preact/hooks";
import { canSync, may } from "../local/may.ts";
import { targetInUse } from "../local/settings.ts";
import { pickWords as words } from "../words/pick.ts";
import type { PickWorld } from "./pick-pane.tsx";
import { PickRows } from "./pick-rows.tsx";
import { nothingPicked } from "./picked.ts";
import { type ChosenPlace, targetsBeside } from "./places.ts";
import { SendPicked } from "./send/send-picked.tsx";
import { usePicking } from "./use-picking.ts";

type PickTableProps = {
	world: PickWorld;
	connectionId: string;
	chosen: ChosenPlace;
	onKeyColumn: (columnId: string) => void;
};

/** One table: its rows, and under them where what is picked goes. */
export function PickTable({ world, connectionId, chosen, onKeyColumn }: PickTableProps) {
	const { settings, client, online } = world;
	const { account } = settings;
	const targets = targetsBeside(settings.targets, { connectionId, place: chosen.place });
	const [targetId, setTargetId] = useState(targetInUse(settings)?.id ?? null);
	const target = targets.find(({ id }) => id === targetId) ?? targets[0] ?? null;
	const picking = usePicking({
		client,
		online,
		connectionId,
		onKeyColumn,
		place: chosen.place,
		targetId: target?.id ?? null,
		initial: nothingPicked,
	});
	const maySend = may(account, "targets:write") && canSync(account);
	return (
		<>
			<PickRows picking={picking} title={chosen.name} />
			{maySend ? (
				<SendPicked {...{ world, picking, chosen, targets, target }} onTarget={setTargetId} />
			) : (
				<p class="muted pick-note">{words.viewer(account?.workspaceName ?? "")}</p>
			)}
		</>
	);
}
