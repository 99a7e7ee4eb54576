import { useState } from "preact/hooks";
import type { ConnectionView, ProfileList as Found, Profile } from "../../../../backend/contract/connections.ts";
import type { ProviderView } from "../../../../backend/contract/providers.ts";
import { Button, SubmitButton } from "../../parts/button.tsx";
import { Problem } from "../../parts/problem.tsx";
import { optionsWords } from "../../words/options.ts";
import { profileWords as words } from "../../words/profiles.ts";
import { useWorld } from "../context.ts";
import { RemoteView } from "../remote-view.tsx";
import { useDoing } from "../use-doing.ts";
import { useRemote } from "../use-remote.ts";

type ProfileChooserProps = { connection: ConnectionView; provider: ProviderView; onDone: () => void };

/** Which of the accounts that a login reaches is worked with, for any provider that has such. Asked of the provider when it is opened. */
export function ProfileChooser({ connection, provider, onDone }: ProfileChooserProps) {
	const { client, online } = useWorld();
	const [profiles, reload] = useRemote(connection.id, () => client.connectionProfiles(connection.id));
	return (
		<section class="form" aria-label={words.title(provider.title)}>
			<h3>{words.title(provider.title)}</h3>
			<RemoteView remote={profiles} what={words.what} online={online} onReload={reload}>
				{(found) =>
					found.profiles.length === 0 ? (
						<p class="muted">{words.none(provider.title)}</p>
					) : (
						<ProfileForm connection={connection} found={found} onDone={onDone} />
					)
				}
			</RemoteView>
		</section>
	);
}

type ProfileFormProps = { connection: ConnectionView; found: Found; onDone: () => void };

/** More than these are searched through. */
const seenAtOnce = 8;

function ProfileForm({ connection, found, onDone }: ProfileFormProps) {
	const { client, reload } = useWorld();
	const { busy, problem, run } = useDoing();
	const isThere = found.profiles.some(({ id }) => id === found.chosen);
	const [chosen, choose] = useState(isThere ? found.chosen : null);
	const onSubmit = (event: Event) => {
		event.preventDefault();
		if (chosen === null) return;
		run(async () => {
			await client.chooseProfile(connection.id, chosen);
			await reload();
			onDone();
		});
	};
	return (
		<form onSubmit={onSubmit}>
			<p class="muted">{connection.profile !== null && !isThere ? words.gone(connection.profile.name) : words.lead}</p>
			<ProfileList name={`profile-${connection.id}`} profiles={found.profiles} chosen={chosen} onChoose={choose} />
			<Problem>{problem}</Problem>
			<div class="form-buttons">
				<SubmitButton busy={busy ? words.using : null} disabled={chosen === null}>
					{words.use}
				</SubmitButton>
				<Button look="quiet" onPress={onDone}>
					{optionsWords.cancel}
				</Button>
			</div>
		</form>
	);
}

type ProfileListProps = {
	/** Tells these radio buttons from those of other connections. */
	name: string;
	profiles: readonly Profile[];
	chosen: string | null;
	onChoose: (id: string) => void;
};

/** One of a few, or of those that are called something; the chosen one stays in sight. */
function ProfileList({ name, profiles, chosen, onChoose }: ProfileListProps) {
	const [text, setText] = useState("");
	const shown = profiles.filter((profile) => profile.id === chosen || isCalled(profile, text));
	return (
		<>
			{profiles.length > seenAtOnce && (
				<input
					class="input"
					type="search"
					autocomplete="off"
					aria-label={words.find}
					placeholder={words.find}
					value={text}
					onInput={(event) => setText(event.currentTarget.value)}
				/>
			)}
			<div class="profile-list">
				{shown.map((profile) => (
					<label class="choice" key={profile.id}>
						<input
							class="check"
							type="radio"
							name={name}
							checked={profile.id === chosen}
							onChange={() => onChoose(profile.id)}
						/>
						<span>
							{profile.name} <span class="muted">{profile.detail}</span>
						</span>
					</label>
				))}
				{shown.length === 0 && <p class="muted">{words.noneFound}</p>}
			</div>
		</>
	);
}

function isCalled({ name, detail }: Profile, text: string): boolean {
	return `${name} ${detail}`.toLowerCase().includes(text.trim().toLowerCase());
}
