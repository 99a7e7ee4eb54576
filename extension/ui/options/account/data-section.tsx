import { useState } from "preact/hooks";
import type { DeletionReceipt } from "../../../../backend/contract/account-end.ts";
import type { FullUserView } from "../../../../backend/contract/users.ts";
import { ask } from "../../../messages/ask.ts";
import { saveFile } from "../../local/save-file.ts";
import { Button } from "../../parts/button.tsx";
import { sizeWords } from "../../when.ts";
import { accountEndWords as words } from "../../words/account-end.ts";
import { useWorld } from "../context.ts";
import { Deed } from "../deed.tsx";
import { useDoing } from "../use-doing.ts";
import type { Remote } from "../use-remote.ts";
import { DeleteAccount } from "./delete-account.tsx";

type DataProps = { user: Remote<FullUserView>; onDeleted: (receipt: DeletionReceipt) => void };

/** Taking one's data along, signing out here, and leaving for good. */
export function YourData({ user, onDeleted }: DataProps) {
	const [deleting, setDeleting] = useState(false);
	const known = user.state === "ready" ? user.value : null;
	return (
		<section class="section" aria-labelledby="account-data">
			<h2 id="account-data">{words.data}</h2>
			<ul class="card rows">
				<ExportAll />
				<SignOut />
				<Deed title={words.delete} body={words.deleteBody}>
					<Button look="danger" disabled={known === null} onPress={() => setDeleting(true)}>
						{words.deleteDots}
					</Button>
				</Deed>
			</ul>
			{deleting && known && <DeleteAccount user={known} onDeleted={onDeleted} onCancel={() => setDeleting(false)} />}
		</section>
	);
}

function ExportAll() {
	const { client, online } = useWorld();
	const { busy, problem, run } = useDoing();
	const [said, setSaid] = useState("");
	const exportAll = () =>
		run(async () => {
			const archive = await client.exportAll();
			const name = words.exportName(new Date().toISOString().slice(0, 10));
			saveFile(name, archive);
			setSaid(words.exported(name, sizeWords(archive.size)));
		});
	return (
		<Deed title={words.export} body={words.exportBody} said={said} problem={problem}>
			<Button icon="download" busy={busy ? words.exporting : null} disabled={!online} onPress={exportAll}>
				{words.exportDo}
			</Button>
		</Deed>
	);
}

function SignOut() {
	const { records } = useWorld();
	const { busy, problem, run } = useDoing();
	const waiting = records.counts.waiting + records.counts.needsYou;
	const signOut = () =>
		run(async () => {
			await ask("session.signOut", {});
		});
	return (
		<Deed title={words.signOutThis} body={words.signOutBody(waiting)} problem={problem}>
			<Button busy={busy ? words.signingOut : null} onPress={signOut}>
				{words.signOut}
			</Button>
		</Deed>
	);
}
