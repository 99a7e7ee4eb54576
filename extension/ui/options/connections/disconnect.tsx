import type { ConnectionView } from "../../../../backend/contract/connections.ts";
import { Confirm } from "../../parts/dialog.tsx";
import { Problem } from "../../parts/problem.tsx";
import { optionsWords, connectionWords as words } from "../../words/options.ts";
import { useWorld } from "../context.ts";
import { useDoing } from "../use-doing.ts";

/** Asks before an account is let go, and names what goes with it: its key cannot be brought back. */
export function Disconnect({ connection, onDone }: { connection: ConnectionView; onDone: () => void }) {
	const { settings, records, client, reload } = useWorld();
	const { busy, problem, run } = useDoing();
	const targets = settings.targets.filter((target) => target.connectionId === connection.id);
	const ids = new Set(targets.map((target) => target.id));
	const waiting = records.unsettled.filter((record) => record.targetId !== null && ids.has(record.targetId)).length;
	const disconnect = () =>
		run(async () => {
			await client.deleteConnection(connection.id);
			await reload();
			onDone();
		});
	return (
		<Confirm
			title={words.disconnectTitle(connection.name)}
			confirm={words.disconnect}
			cancel={optionsWords.cancel}
			busy={busy ? words.disconnecting : null}
			onConfirm={disconnect}
			onCancel={onDone}
		>
			{targets.length > 0 && <p>{words.disconnectTargets(targets.map((target) => target.name).join(", "))}</p>}
			{waiting > 0 && <p>{words.disconnectWaiting(waiting)}</p>}
			<p>{words.disconnectKept}</p>
			<Problem>{problem}</Problem>
		</Confirm>
	);
}
