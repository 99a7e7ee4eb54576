import { useState } from "preact/hooks";
import type { FullUserView } from "../../../../backend/contract/users.ts";
import type { WayIn } from "../../../../backend/contract/ways-in.ts";
import type { Account } from "../../../settings/account.ts";
import { accountWords as words } from "../../words/account.ts";
import { useWorld } from "../context.ts";
import { RemoteView } from "../remote-view.tsx";
import { SignInNeeded } from "../sign-in-needed.tsx";
import { type Remote, useRemote } from "../use-remote.ts";
import { Devices } from "./devices.tsx";
import { Profile } from "./profile.tsx";
import { SignOut } from "./sign-out.tsx";
import { type WaysView, waysView } from "./ways.ts";
import { Ways } from "./ways-section.tsx";

export function AccountPage() {
	const { settings } = useWorld();
	const { account } = settings;
	if (account) return <SignedIn key={account.userId} account={account} />;
	return <SignInNeeded>{settings.sessionEndedAt === null ? words.guestLead : words.ended}</SignInNeeded>;
}

function SignedIn({ account }: { account: Account }) {
	const { client, online, settings } = useWorld();
	const key = `${account.userId} ${online}`;
	const [user, reloadUser] = useRemote(key, () => client.fullUser());
	const [offered, reloadOffered] = useRemote(settings.serverUrl, () => client.waysIn());
	// A new password signs the other devices out: what is listed of them is asked again.
	const [round, setRound] = useState(0);
	const reload = async () => {
		await Promise.all([reloadUser(), offered.state === "failed" ? reloadOffered() : null]);
		setRound((last) => last + 1);
	};
	const known = offered.state === "ready" ? offered.value : [];
	return (
		<>
			<p class="lead">{words.lead}</p>
			<section class="section" aria-labelledby="account-profile">
				<h2 id="account-profile">{words.profile}</h2>
				<RemoteView remote={user} what={words.what} online={online} onReload={reload} lines={4}>
					{(value) => <Profile user={value.user} onSaved={reloadUser} />}
				</RemoteView>
			</section>
			{user.state !== "failed" && (
				<>
					<Ways ways={joined(user, offered)} onChanged={reload} />
					<Devices key={round} userId={account.userId} offered={known} />
				</>
			)}
			<SignOut />
			<p class="muted">
				{words.server} <span class="mono">{settings.serverUrl}</span>
			</p>
		</>
	);
}

/** What is linked waits for what could be, so that nothing jumps; a server that does not say it has nothing to add. */
function joined(user: Remote<FullUserView>, offered: Remote<WayIn[]>): Remote<WaysView> {
	if (user.state !== "ready") return user;
	if (offered.state === "loading") return offered;
	return { state: "ready", value: waysView(user.value, offered.state === "ready" ? offered.value : []) };
}
