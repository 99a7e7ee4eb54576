import { useId, useState } from "preact/hooks";
import type { UserView } from "../../../../backend/contract/users.ts";
import { ask } from "../../../messages/ask.ts";
import { Button, SubmitButton } from "../../parts/button.tsx";
import { Icon } from "../../parts/icon.tsx";
import { Problem } from "../../parts/problem.tsx";
import { accountWords as words } from "../../words/account.ts";
import { optionsWords } from "../../words/options.ts";
import { useWorld } from "../context.ts";
import { useDoing } from "../use-doing.ts";
import { ownZone, zoneChoice, zoneWords } from "./time-zones.ts";
import { ZoneInput } from "./zone-input.tsx";

/** As the server takes it (contract `UserPatch`). */
const longestName = 100;

type ProfileProps = { user: UserView; onSaved: () => Promise<void> };
type Names = Pick<UserView, "firstName" | "lastName" | "timeZone">;

/** Who the person is to others in their workspaces, and in which time zone their days are. */
export function Profile({ user, onSaved }: ProfileProps) {
	const { names, change, changed, saved, busy, problem, save } = useProfile(user, onSaved);
	const id = useId();
	return (
		<form class="card form profile" aria-labelledby="account-profile" onSubmit={save}>
			<div class="form-part form-pair">
				<NameLine
					label={words.firstName}
					autocomplete="given-name"
					value={names.firstName}
					onChange={(firstName) => change({ firstName })}
				/>
				<NameLine
					label={words.lastName}
					autocomplete="family-name"
					value={names.lastName}
					onChange={(lastName) => change({ lastName })}
				/>
			</div>
			<Email user={user} />
			<div class="form-line">
				<label for={id}>{words.timeZone}</label>
				<ZoneInput id={id} zone={names.timeZone} note={`${id}-note`} onChoose={(timeZone) => change({ timeZone })} />
				<ZoneNote id={`${id}-note`} zone={names.timeZone} onUse={(timeZone) => change({ timeZone })} />
			</div>
			<Problem>{problem}</Problem>
			<div class="form-buttons">
				<SubmitButton busy={busy ? optionsWords.saving : null} disabled={!changed}>
					{words.saveProfile}
				</SubmitButton>
				<p class="form-said muted" role="status">
					{saved && !changed && words.savedProfile}
				</p>
			</div>
		</form>
	);
}

function useProfile(user: UserView, onSaved: () => Promise<void>) {
	const { client } = useWorld();
	const [edited, setEdited] = useState<Partial<Names>>({});
	const [saved, setSaved] = useState(false);
	const { busy, problem, run } = useDoing();
	const names: Names = { firstName: user.firstName, lastName: user.lastName, timeZone: user.timeZone, ...edited };
	const changed =
		names.firstName.trim() !== user.firstName ||
		names.lastName.trim() !== user.lastName ||
		names.timeZone !== user.timeZone;
	const save = (event: Event) => {
		event.preventDefault();
		if (!changed) return;
		run(async () => {
			const { firstName, lastName, timeZone } = names;
			await client.changeUser({ firstName: firstName.trim(), lastName: lastName.trim(), timeZone });
			await onSaved();
			setEdited({});
			setSaved(true);
			await ask("account.refresh", {});
		});
	};
	const change = (part: Partial<Names>) => setEdited({ ...edited, ...part });
	return { names, change, changed, saved, busy, problem, save };
}

type NameLineProps = {
	label: string;
	autocomplete: "given-name" | "family-name";
	value: string;
	onChange: (text: string) => void;
};

function NameLine({ label, autocomplete, value, onChange }: NameLineProps) {
	const id = useId();
	return (
		<div class="form-line">
			<label for={id}>{label}</label>
			<input
				id={id}
				class="input"
				autocomplete={autocomplete}
				maxLength={longestName}
				value={value}
				onInput={(event) => onChange(event.currentTarget.value)}
			/>
		</div>
	);
}

function Email({ user }: { user: UserView }) {
	return (
		<div class="form-line">
			<span class="form-label">{words.email}</span>
			{user.email === "" ? (
				<span class="muted">{words.emailNone}</span>
			) : (
				<>
					<p class="email">
						<span class="email-address">{user.email}</span>
						<span class="verdict" data-good={user.emailVerified}>
							<Icon name={user.emailVerified ? "check" : "hollow"} />
							{user.emailVerified ? words.confirmed : words.unconfirmed}
						</span>
					</p>
					{!user.emailVerified && <p class="muted form-note">{words.unconfirmedNote}</p>}
				</>
			)}
		</div>
	);
}

/** What the time zone is for; where this device is elsewhere, the one press that takes its zone. */
function ZoneNote({ id, zone, onUse }: { id: string; zone: string; onUse: (zone: string) => void }) {
	const here = ownZone();
	if (here === zone) {
		return (
			<p id={id} class="muted form-note">
				{words.timeZoneNote}
			</p>
		);
	}
	return (
		<p id={id} class="muted form-note">
			{words.timeZoneHere(zoneWords(zoneChoice(here)))}{" "}
			<Button look="link" onPress={() => onUse(here)}>
				{words.timeZoneUse}
			</Button>
		</p>
	);
}
