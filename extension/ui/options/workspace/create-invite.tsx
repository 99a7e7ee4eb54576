import { useId, useState } from "preact/hooks";
import type { InviteCreated, InviteRole } from "../../../../backend/contract/workspaces.ts";
import { SubmitButton } from "../../parts/button.tsx";
import { Problem } from "../../parts/problem.tsx";
import { roleWords } from "../../words/roles.ts";
import { workspaceWords as words } from "../../words/workspace.ts";
import { useWorld } from "../context.ts";
import { useDoing } from "../use-doing.ts";
import { inviteRoles } from "./member-choices.ts";

/** How long a link may work. The server takes 1 to 30 days. */
const dayChoices = [1, 7, 30] as const;
const defaultDays = 7;

type CreateInviteProps = {
	workspaceId: string;
	/** A link is there to be copied, and that is the next thing to press. */
	another: boolean;
	onMade: (invite: InviteCreated) => Promise<void>;
};

export function CreateInvite({ workspaceId, another, onMade }: CreateInviteProps) {
	const { client } = useWorld();
	const [role, setRole] = useState<InviteRole>("member");
	const [days, setDays] = useState(defaultDays);
	const { busy, problem, run } = useDoing();
	const note = useId();
	const create = (event: Event) => {
		event.preventDefault();
		run(async () => onMade(await client.createInvite(workspaceId, { role, expiresInDays: days })));
	};
	return (
		<form class="card form invite-form" onSubmit={create}>
			<div class="form-part form-pair">
				<Choice
					label={words.inviteRole}
					describedBy={note}
					chosen={role}
					choices={inviteRoles.map((one) => [one, roleWords.roles[one]])}
					onChoose={(value) => setRole(value as InviteRole)}
				/>
				<Choice
					label={words.inviteDays}
					chosen={String(days)}
					choices={dayChoices.map((count) => [String(count), words.days(count)])}
					onChoose={(value) => setDays(Number(value))}
				/>
			</div>
			<p id={note} class="muted form-note">
				{roleWords.roles[role]}: {words.roleNotes[role]}
			</p>
			<Problem>{problem}</Problem>
			<div class="form-buttons">
				<SubmitButton look={another ? "plain" : "main"} busy={busy ? words.creatingInvite : null}>
					{words.createInvite}
				</SubmitButton>
			</div>
		</form>
	);
}

type ChoiceProps = {
	label: string;
	describedBy?: string;
	chosen: string;
	choices: (readonly [value: string, words: string])[];
	onChoose: (value: string) => void;
};

function Choice({ label, describedBy, chosen, choices, onChoose }: ChoiceProps) {
	const id = useId();
	return (
		<div class="form-line">
			<label for={id}>{label}</label>
			<select
				id={id}
				class="input"
				value={chosen}
				aria-describedby={describedBy}
				onChange={(event) => onChoose(event.currentTarget.value)}
			>
				{choices.map(([value, said]) => (
					<option key={value} value={value}>
						{said}
					</option>
				))}
			</select>
		</div>
	);
}
