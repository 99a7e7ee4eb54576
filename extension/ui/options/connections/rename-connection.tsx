import type { ConnectionView } from "../../../../backend/contract/connections.ts";
import { connectionWords as words } from "../../words/options.ts";
import { useWorld } from "../context.ts";
import { RenameForm } from "../rename-form.tsx";

/** Another name for an account, so that two of one provider can be told apart. */
export function RenameConnection({ connection, onDone }: { connection: ConnectionView; onDone: () => void }) {
	const { client, reload } = useWorld();
	const save = async (name: string) => {
		await client.changeConnection(connection.id, { name });
		await reload();
	};
	return <RenameForm label={words.nameLabel} name={connection.name} save={save} onDone={onDone} />;
}
