import type { DeletionReceipt } from "../../../../backend/contract/account-end.ts";
import type { FullUserView } from "../../../../backend/contract/users.ts";
import { ask } from "../../../messages/ask.ts";
import { TypedConfirm } from "../../parts/typed-confirm.tsx";
import { accountEndWords as words } from "../../words/account-end.ts";
import { optionsWords } from "../../words/options.ts";
import { useDoing } from "../use-doing.ts";

type DeleteAccountProps = {
	user: FullUserView;
	onDeleted: (receipt: DeletionReceipt) => void;
	onCancel: () => void;
};

/** Says by name what goes and what stays, and has the address typed before it goes. */
export function DeleteAccount({ user, onDeleted, onCancel }: DeleteAccountProps) {
	const { busy, problem, run } = useDoing();
	const { email } = user.user;
	const remove = (confirm: string) =>
		run(async () => {
			const answer = await ask("account.delete", { confirm });
			if (answer.kind === "failed") throw new Error(answer.message);
			onDeleted(answer.receipt);
		});
	return (
		<TypedConfirm
			title={words.deleteTitle}
			expected={email || words.word}
			label={email === "" ? words.typeWord : words.typeEmail(email)}
			confirm={words.deleteNow}
			cancel={optionsWords.cancel}
			busy={busy ? words.deleting : null}
			problem={problem}
			onConfirm={remove}
			onCancel={onCancel}
		>
			<GoesAndStays user={user} />
		</TypedConfirm>
	);
}

function GoesAndStays({ user }: { user: FullUserView }) {
	const named = (goes: boolean) =>
		user.workspaces.filter(({ personal }) => personal === goes).map(({ name }) => `“${name}”`);
	const shared = named(false);
	return (
		<>
			<p>{words.goes}</p>
			<ul class="bullets">
				<li>{words.goesProfile}</li>
				<li>{words.goesWorkspaces(named(true).join(", "))}</li>
				{shared.length > 0 && <li>{words.goesAlone}</li>}
				{shared.length > 0 && <li>{words.goesConnections}</li>}
				<li>{words.goesDevices}</li>
			</ul>
			<p>{words.stays}</p>
			<ul class="bullets">
				<li>{words.staysRows}</li>
				{shared.length > 0 && <li>{words.staysShared(shared.join(", "))}</li>}
			</ul>
		</>
	);
}
