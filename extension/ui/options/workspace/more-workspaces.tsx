import { useEffect, useId, useRef, useState } from "preact/hooks";
import type { WorkspaceView } from "../../../../backend/contract/users.ts";
import { ask } from "../../../messages/ask.ts";
import type { Account } from "../../../settings/account.ts";
import { useSwitchWorkspace } from "../../local/use-switch-workspace.ts";
import { Button, SubmitButton } from "../../parts/button.tsx";
import { firstLetter } from "../../parts/initials.ts";
import { Problem } from "../../parts/problem.tsx";
import { Row } from "../../parts/row.tsx";
import { roleWords } from "../../words/roles.ts";
import { workspaceWords as words } from "../../words/workspace.ts";
import { useWorld } from "../context.ts";
import { useDoing } from "../use-doing.ts";
import { readInviteLink } from "./invite-token.ts";
import { longestWorkspaceName } from "./workspace-name.tsx";

/** Making another workspace, or joining one with a link; either way the person works there next. */
export function MoreWorkspaces({ account, adding }: { account: Account; adding: boolean }) {
	const alone = account.workspaces.every(({ personal }) => personal);
	const elsewhere = account.workspaces.filter(({ id }) => id !== account.workspaceId);
	return (
		<section class="section" aria-labelledby="workspace-more">
			<h2 id="workspace-more">{words.others}</h2>
			<p class="muted prose">{words.othersNote}</p>
			{elsewhere.length > 0 && <Elsewhere workspaces={elsewhere} />}
			<div class="card form-list">
				<Create first={alone} adding={adding} />
				<Join />
			</div>
		</section>
	);
}

function Elsewhere({ workspaces }: { workspaces: readonly WorkspaceView[] }) {
	const { busy, problem, switchTo } = useSwitchWorkspace();
	return (
		<>
			<ul class="card rows">
				{workspaces.map((workspace) => (
					<Row
						key={workspace.id}
						mark={{ initials: firstLetter(workspace.name) }}
						title={<span>{workspace.name}</span>}
						notes={[workspace.personal ? roleWords.personalNote : roleWords.roles[workspace.role]]}
					>
						<Button
							look="quiet"
							label={roleWords.switchTo(workspace.name)}
							busy={busy === workspace.name ? roleWords.switchingHere : null}
							onPress={() => switchTo(workspace)}
						>
							{roleWords.switchHere}
						</Button>
					</Row>
				))}
			</ul>
			<Problem>{problem}</Problem>
		</>
	);
}

/** Where the person works next. The page is drawn anew for it. */
async function workIn(workspace: WorkspaceView): Promise<void> {
	const answer = await ask("session.switchWorkspace", { workspaceId: workspace.id });
	if (answer.kind !== "switched") throw new Error(answer.message);
	location.assign("#workspace");
}

function Create({ first, adding }: { first: boolean; adding: boolean }) {
	const { client } = useWorld();
	const create = async (name: string) => {
		if (name === "") throw new Error(words.nameMissing);
		await workIn(await client.createWorkspace(name));
	};
	return (
		<OneLine
			label={words.newName}
			hint={words.newHint}
			button={words.create}
			busyWords={words.creating}
			main={first}
			focused={adding}
			maxLength={longestWorkspaceName}
			onSubmit={create}
		/>
	);
}

function Join() {
	const { client, settings } = useWorld();
	const join = async (pasted: string) => {
		const read = readInviteLink(pasted, settings.serverUrl);
		if (read.kind === "not-a-link") throw new Error(words.linkProblems["not-a-link"]);
		if (read.kind === "other-server") throw new Error(words.linkProblems["other-server"](read.host));
		const workspace = await client.acceptInvite(read.token);
		await ask("account.refresh", {});
		await workIn(workspace);
	};
	return (
		<OneLine
			label={words.joinLink}
			hint={words.joinHint}
			button={words.join}
			busyWords={words.joining}
			onSubmit={join}
		/>
	);
}

type OneLineProps = {
	label: string;
	hint: string;
	button: string;
	busyWords: string;
	main?: boolean;
	focused?: boolean;
	maxLength?: number;
	/** What is thrown is shown beside the input. */
	onSubmit: (text: string) => Promise<void>;
};

/** One input and its button. */
function OneLine({ label, hint, button, busyWords, main = false, focused = false, maxLength, onSubmit }: OneLineProps) {
	const [text, setText] = useState("");
	const { busy, problem, run } = useDoing();
	const input = useRef<HTMLInputElement>(null);
	const id = useId();
	useEffect(() => {
		if (focused) input.current?.focus();
	}, [focused]);
	const submit = (event: Event) => {
		event.preventDefault();
		run(() => onSubmit(text.trim()));
	};
	return (
		<form class="form-line" onSubmit={submit}>
			<label for={id}>{label}</label>
			<div class="form-row">
				<input
					ref={input}
					id={id}
					class="input"
					autocomplete="off"
					spellcheck={false}
					placeholder={hint}
					maxLength={maxLength}
					value={text}
					onInput={(event) => setText(event.currentTarget.value)}
				/>
				<SubmitButton look={main ? "main" : "plain"} busy={busy ? busyWords : null}>
					{button}
				</SubmitButton>
			</div>
			<Problem>{problem}</Problem>
		</form>
	);
}
