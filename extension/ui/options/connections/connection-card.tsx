import { useState } from "preact/hooks";
import type { ConnectionView } from "../../../../backend/contract/connections.ts";
import type { ProviderView } from "../../../../backend/contract/providers.ts";
import { Button, ButtonLink } from "../../parts/button.tsx";
import { Icon, type IconName } from "../../parts/icon.tsx";
import { longWhen, shortWhen } from "../../when.ts";
import { connectionWords as words } from "../../words/options.ts";
import { may, useWorld } from "../context.ts";
import { optionsPath } from "../route.ts";
import { CredentialForm } from "./credential-form.tsx";
import { Disconnect } from "./disconnect.tsx";

const statusIcons: Record<ConnectionView["status"], IconName> = {
	healthy: "check",
	revoked: "alert",
	failing: "alert",
	rate_limited: "pause",
	expiring: "alert",
	expired: "alert",
	schema_changed: "alert",
	paused: "pause",
	disconnected: "plug",
};

type ConnectionCardProps = {
	connection: ConnectionView;
	provider: ProviderView | undefined;
	/** The address of the page names this one. */
	pointedAt: boolean;
};

/** One account: who it is, how it is, what it may do, and what can be done with it. */
export function ConnectionCard({ connection, provider, pointedAt }: ConnectionCardProps) {
	const world = useWorld();
	const [doing, setDoing] = useState<"reconnect" | "disconnect" | null>(null);
	const broken = connection.status === "revoked";
	const canReconnect = provider?.ways.includes("token") === true;
	const reconnect = async (credential: Record<string, string>) => {
		await world.client.changeConnection(connection.id, { credential });
		await world.reload();
		setDoing(null);
	};
	return (
		<li class="card item" id={`connection-${connection.id}`} data-pointed={pointedAt}>
			<ConnectionWords connection={connection} />
			{may(world, "connections:write") && doing !== "reconnect" && (
				<div class="item-actions">
					{canReconnect && (
						<Button look={broken ? "main" : "plain"} onPress={() => setDoing("reconnect")}>
							{words.reconnect}
						</Button>
					)}
					<ButtonLink href={optionsPath("targets", "new", connection.id)}>{words.addTarget}</ButtonLink>
					{provider?.homeUrl && (
						<ButtonLink href={provider.homeUrl} newTab>
							{words.seeTables}
						</ButtonLink>
					)}
					<Button look="quiet" onPress={() => setDoing("disconnect")}>
						{words.disconnect}
					</Button>
				</div>
			)}
			{doing === "reconnect" && provider && (
				<CredentialForm
					provider={provider}
					title={words.reconnectForm(provider.title)}
					note={words.reconnectNote}
					submit={words.reconnect}
					onSubmit={reconnect}
					onCancel={() => setDoing(null)}
				/>
			)}
			{doing === "disconnect" && <Disconnect connection={connection} onDone={() => setDoing(null)} />}
		</li>
	);
}

function ConnectionWords({ connection }: { connection: ConnectionView }) {
	const { status, problem, scopes, waiting, lastCheckedAt } = connection;
	const checkedAt = lastCheckedAt ? Date.parse(lastCheckedAt) : null;
	const checked = checkedAt === null ? null : shortWhen(checkedAt, Date.now());
	return (
		<>
			<div class="item-head">
				<h3>{connection.name}</h3>
				{connection.account !== connection.name && <span class="muted clip">{connection.account}</span>}
				<span class="health" data-status={status}>
					<Icon name={statusIcons[status]} />
					{words.status[status]}
				</span>
			</div>
			{problem && <p>{problem.message}</p>}
			<p class="muted item-facts">
				{checked !== null && checkedAt !== null && (
					<span title={longWhen(checkedAt)}>{checked === "now" ? words.checkedNow : words.checked(checked)}</span>
				)}
				{waiting > 0 && <span>{words.waiting(waiting)}</span>}
				{scopes.length > 0 && (
					<span>
						{words.scopes} <span class="mono">{scopes.join(", ")}</span>
					</span>
				)}
			</p>
		</>
	);
}
