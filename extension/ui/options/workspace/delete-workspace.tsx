import { useState } from "preact/hooks";
import { ask } from "../../../messages/ask.ts";
import { Button } from "../../parts/button.tsx";
import { TypedConfirm } from "../../parts/typed-confirm.tsx";
import { optionsWords } from "../../words/options.ts";
import { workspaceWords as words } from "../../words/workspace.ts";
import { useWorld } from "../context.ts";
import { Deed } from "../deed.tsx";
import { useDoing } from "../use-doing.ts";

/** For everyone in it and for good, so its name has to be typed. */
export function DeleteWorkspace({ workspaceId, name }: { workspaceId: string; name: string }) {
	const { client } = useWorld();
	const [asking, setAsking] = useState(false);
	const { busy, problem, run } = useDoing();
	const remove = (confirm: string) =>
		run(async () => {
			await client.deleteWorkspace(workspaceId, confirm);
			// The server works in the personal one from now on; this device follows.
			await ask("account.refresh", {});
		});
	return (
		<section aria-label={words.delete(name)}>
			<ul class="card rows">
				<Deed title={words.delete(name)} body={words.deleteBody}>
					<Button look="danger" onPress={() => setAsking(true)}>
						{words.deleteDots}
					</Button>
				</Deed>
			</ul>
			{asking && (
				<TypedConfirm
					title={words.deleteTitle(name)}
					expected={name}
					label={words.typeName(name)}
					confirm={words.deleteNow}
					cancel={optionsWords.cancel}
					busy={busy ? words.deleting : null}
					problem={problem}
					onConfirm={remove}
					onCancel={() => setAsking(false)}
				>
					<p>{words.deleteGoes}</p>
					<p>{words.deleteStays}</p>
				</TypedConfirm>
			)}
		</section>
	);
}
