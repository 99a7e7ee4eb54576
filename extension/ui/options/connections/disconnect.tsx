import type { ConnectionView } from "../../../../backend/contract/connections.ts";
import { Confirm } from "../../parts/dialog.tsx";
import { Problem } from "../../parts/problem.tsx";
import { optionsWords, connectionWords as words } from "../../words/options.ts";
import { useWorld } from "../context.ts";
import { useDoing } from "../use-doing.ts";

/**
 * Asks before an account is let go: its key cannot be brought back. Its targets pause and come back with it; only one that is
 * disconnected already is deleted, and then what goes with it is named.
 */
export function Disconnect({ connection, onDone }: { connection: ConnectionView; onDone: () => void }) {
	const { settings, records, client, reload } = useWorld();
	const { busy, problem, run } = useDoing();
	const targets = settings.targets.filter((target) => target.connectionId === connection.id);
	const ids = new Set(targets.map((target) => target.id));
	const waiting = records.unsettled.filter((record) => record.targetId !== null && ids.has(record.targetId)).length;
	const force = connection.status === "disconnected";
	const names = targets.map((target) => target.name).join(", ");
	const disconnect = () =>
		run(async () => {
			await client.deleteConnection(connection.id, { force });
			await reload();
			onDone();
		});
	return (
		<Confirm
			title={force ? words.removeTitle(connection.name) : words.disconnectTitle(connection.name)}
			confirm={force ? words.remove : words.disconnect}
			cancel={optionsWords.cancel}
			busy={busy ? (force ? words.removing : words.disconnecting) : null}
			onConfirm={disconnect}
			onCancel={onDone}
		>
			{targets.length > 0 && <p>{force ? words.disconnectTargets(names) : words.disconnectPauses(names)}</p>}
			{waiting > 0 && <p>{force ? words.disconnectWaiting(waiting) : words.disconnectHolds(waiting)}</p>}
			<p>{connection.way === "oauth" ? words.disconnectRevoked : words.disconnectKept}</p>
			<Problem>{problem}</Problem>
		</Confirm>
	);
}
