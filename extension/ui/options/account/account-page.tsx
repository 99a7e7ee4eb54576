import type { ComponentChildren } from "preact";
import type { FullUserView } from "../../../../backend/contract/users.ts";
import { ask } from "../../../messages/ask.ts";
import { Button } from "../../parts/button.tsx";
import { Problem } from "../../parts/problem.tsx";
import { accountWords as words } from "../../words/records.ts";
import { useWorld } from "../context.ts";
import { RemoteView } from "../remote-view.tsx";
import { SignInNeeded } from "../sign-in-needed.tsx";
import { useDoing } from "../use-doing.ts";
import { useRemote } from "../use-remote.ts";

export function AccountPage() {
	const { settings } = useWorld();
	if (!settings.account) {
		return <SignInNeeded>{settings.sessionEndedAt === null ? words.guestLead : words.ended}</SignInNeeded>;
	}
	return <SignedIn userId={settings.account.userId} email={settings.account.email} />;
}

function SignedIn({ userId, email }: { userId: string; email: string }) {
	const { client, online, records, settings } = useWorld();
	const [user, reload] = useRemote(userId, () => client.fullUser());
	const { busy, problem, run } = useDoing();
	const waiting = records.counts.waiting + records.counts.needsYou;
	const signOut = () =>
		run(async () => {
			await ask("session.signOut", {});
		});
	return (
		<>
			<p class="lead">{words.lead}</p>
			<div class="card facts">
				<Fact label={words.email}>{email}</Fact>
				<RemoteView remote={user} what={words.what} online={online} onReload={reload}>
					{(value) => <UserFacts user={value} />}
				</RemoteView>
				<Fact label={words.server}>
					<span class="mono">{settings.serverUrl}</span>
				</Fact>
			</div>
			{waiting > 0 && <p class="muted">{words.signOutWaiting(waiting)}</p>}
			<Problem>{problem}</Problem>
			<div>
				<Button busy={busy ? words.signingOut : null} onPress={signOut}>
					{words.signOut}
				</Button>
			</div>
		</>
	);
}

function UserFacts({ user }: { user: FullUserView }) {
	const name = [user.user.firstName, user.user.lastName].filter(Boolean).join(" ");
	const { workspace } = user.session;
	return (
		<>
			{name && <Fact label={words.name}>{name}</Fact>}
			<Fact label={words.workspace}>{workspace.name}</Fact>
			<Fact label={words.role}>{words.roles[workspace.role]}</Fact>
		</>
	);
}

function Fact({ label, children }: { label: string; children: ComponentChildren }) {
	return (
		<p class="fact">
			<span class="muted">{label}</span>
			<span class="clip">{children}</span>
		</p>
	);
}
