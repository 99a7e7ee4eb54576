import { useState } from "preact/hooks";
import type { DeletionReceipt } from "../../../../backend/contract/account-end.ts";
import type { FullUserView } from "../../../../backend/contract/users.ts";
import type { WayIn } from "../../../../backend/contract/ways-in.ts";
import type { Account } from "../../../settings/account.ts";
import { accountWords as words } from "../../words/account.ts";
import { useWorld } from "../context.ts";
import { RemoteView } from "../remote-view.tsx";
import { SignInNeeded } from "../sign-in-needed.tsx";
import { type Remote, useRemote } from "../use-remote.ts";
import { YourData } from "./data-section.tsx";
import { Devices } from "./devices.tsx";
import { Profile } from "./profile.tsx";
import { Receipt } from "./receipt-page.tsx";
import { type WaysView, waysView } from "./ways.ts";
import { Ways } from "./ways-section.tsx";

export function AccountPage() {
	const { settings } = useWorld();
	// Held here: with the account, everything below goes before the answer to its deletion has come.
	const [receipt, setReceipt] = useState<DeletionReceipt | null>(null);
	if (receipt) return <Receipt receipt={receipt} onClose={() => setReceipt(null)} />;
	const { account } = settings;
	if (account) return <SignedIn key={account.userId} account={account} onDeleted={setReceipt} />;
	return <SignInNeeded>{settings.sessionEndedAt === null ? words.guestLead : words.ended}</SignInNeeded>;
}

type SignedInProps = { account: Account; onDeleted: (receipt: DeletionReceipt) => void };

function SignedIn({ account, onDeleted }: SignedInProps) {
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
			<YourData user={user} onDeleted={onDeleted} />
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
