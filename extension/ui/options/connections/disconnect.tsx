import type { ConnectionView } from "../../../../backend/contract/connections.ts";
import type { ProviderView } from "../../../../backend/contract/providers.ts";
import { Confirm } from "../../parts/dialog.tsx";
import { Problem } from "../../parts/problem.tsx";
import { WebLink } from "../../parts/web-link.tsx";
import { fileWords } from "../../words/files.ts";
import { optionsWords, connectionWords as words } from "../../words/options.ts";
import { profileWords } from "../../words/profiles.ts";
import { selectionWords } from "../../words/selections.ts";
import { useWorld } from "../context.ts";
import { useDoing } from "../use-doing.ts";
import { isOfFiles } from "./file-kinds.ts";

type DisconnectProps = {
	connection: ConnectionView;
	provider: ProviderView | undefined;
	/** What the selections are called that pick from it; null: none. */
	pickedBy: string | null;
	onDone: () => void;
};

/**
 * Asks before an account is let go: its key cannot be brought back. Its targets and selections pause and come back with it; only one that is
 * disconnected already is deleted, and then what goes with it is named.
 */
export function Disconnect({ connection, provider, pickedBy, onDone }: DisconnectProps) {
	const { settings, records, client, reload } = useWorld();
	const { busy, problem, run } = useDoing();
	const targets = settings.targets.filter((target) => target.connectionId === connection.id);
	const ids = new Set(targets.map((target) => target.id));
	const waiting = records.unsettled.filter((record) => record.targetId !== null && ids.has(record.targetId)).length;
	const force = connection.status === "disconnected";
	const ofFiles = isOfFiles(provider);
	const names = targets.map((target) => target.name).join(", ");
	const disconnect = () =>
		run(async () => {
			await client.deleteConnection(connection.id, { force });
			await reload();
			onDone();
		});
	return (
		<Confirm
			{...askedFor(connection, { deletes: force || ofFiles })}
			cancel={optionsWords.cancel}
			busy={busy ? (force || ofFiles ? words.removing : words.disconnecting) : null}
			onConfirm={disconnect}
			onCancel={onDone}
		>
			{targets.length > 0 && <p>{force ? words.disconnectTargets(names) : words.disconnectPauses(names)}</p>}
			{pickedBy !== null && (
				<p>{force ? selectionWords.disconnectDeletes(pickedBy) : selectionWords.disconnectPauses(pickedBy)}</p>
			)}
			{waiting > 0 && <p>{force ? words.disconnectWaiting(waiting) : words.disconnectHolds(waiting)}</p>}
			{ofFiles ? (
				<p>{fileWords.deleteKept}</p>
			) : connection.way === "oauth" && provider?.accessUrl ? (
				<p>
					{profileWords.byHand(provider.title)}{" "}
					<WebLink href={provider.accessUrl}>{profileWords.takeBack(provider.title)}</WebLink>
				</p>
			) : (
				<p>{connection.way === "oauth" ? words.disconnectRevoked : words.disconnectKept}</p>
			)}
			<Problem>{problem}</Problem>
		</Confirm>
	);
}

function askedFor({ name }: ConnectionView, { deletes }: { deletes: boolean }) {
	return deletes
		? { title: words.removeTitle(name), confirm: words.remove }
		: { title: words.disconnectTitle(name), confirm: words.disconnect };
}
