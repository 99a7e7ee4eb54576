import { useId, useState } from "preact/hooks";
import type { Role } from "../../../../backend/contract/users.ts";
import { ask } from "../../../messages/ask.ts";
import { SubmitButton } from "../../parts/button.tsx";
import { Problem } from "../../parts/problem.tsx";
import { optionsWords } from "../../words/options.ts";
import { roleWords } from "../../words/roles.ts";
import { workspaceWords as words } from "../../words/workspace.ts";
import { may, useWorld } from "../context.ts";
import { useDoing } from "../use-doing.ts";

/** As the server takes it (contract `WorkspaceNamed`). */
export const longestWorkspaceName = 80;

type NameProps = { workspaceId: string; name: string; role: Role | null };

/** What this workspace is called, and what the person may do in it. */
export function WorkspaceName({ workspaceId, name, role }: NameProps) {
	const canRename = may(useWorld(), "workspace:write");
	return (
		<section class="card item" aria-label={name}>
			{canRename ? <Rename workspaceId={workspaceId} name={name} /> : <h2 class="workspace-title">{name}</h2>}
			{role && (
				<p class="muted">
					{words.yourRole}: <strong>{roleWords.roles[role]}</strong>. {words.roleNotes[role]}{" "}
					{!canRename && words.mayNotRename}
				</p>
			)}
		</section>
	);
}

function Rename({ workspaceId, name }: { workspaceId: string; name: string }) {
	const { client } = useWorld();
	const [text, setText] = useState(name);
	const [said, setSaid] = useState("");
	const { busy, problem, run } = useDoing();
	const id = useId();
	const wanted = text.trim();
	const changed = wanted !== "" && wanted !== name;
	const rename = (event: Event) => {
		event.preventDefault();
		if (!changed) return;
		run(async () => {
			await client.renameWorkspace(workspaceId, wanted);
			await ask("account.refresh", {});
			setSaid(words.renamed);
		});
	};
	return (
		<form class="form-line" onSubmit={rename}>
			<label for={id}>{words.name}</label>
			<div class="form-row">
				<input
					id={id}
					class="input"
					autocomplete="off"
					maxLength={longestWorkspaceName}
					value={text}
					onInput={(event) => {
						setText(event.currentTarget.value);
						setSaid("");
					}}
				/>
				<SubmitButton look="plain" busy={busy ? optionsWords.saving : null} disabled={!changed}>
					{words.rename}
				</SubmitButton>
			</div>
			<Problem>{problem}</Problem>
			<p class="hidden-visually" role="status">
				{said}
			</p>
		</form>
	);
}
