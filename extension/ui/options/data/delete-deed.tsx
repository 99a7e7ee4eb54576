import { useState } from "preact/hooks";
import type { DeletionReceipt } from "../../../../backend/contract/account-end.ts";
import { Button } from "../../parts/button.tsx";
import { accountEndWords as words } from "../../words/account-end.ts";
import { useWorld } from "../context.ts";
import { Deed } from "../deed.tsx";
import { useRemote } from "../use-remote.ts";
import { DeleteAccount } from "./delete-account.tsx";

/** Leaving for good. What goes and what stays is known once the server has said what there is. */
export function DeleteDeed({ onDeleted }: { onDeleted: (receipt: DeletionReceipt) => void }) {
	const { client, online, settings } = useWorld();
	const [user] = useRemote(`${settings.account?.userId} ${online}`, () => client.fullUser());
	const [deleting, setDeleting] = useState(false);
	const known = user.state === "ready" ? user.value : null;
	return (
		<Deed title={words.delete} body={words.deleteBody}>
			<Button look="danger" disabled={known === null} onPress={() => setDeleting(true)}>
				{words.deleteDots}
			</Button>
			{deleting && known && <DeleteAccount user={known} onDeleted={onDeleted} onCancel={() => setDeleting(false)} />}
		</Deed>
	);
}
