import { useState } from "preact/hooks";
import type { ConnectionView } from "../../../../backend/contract/connections.ts";
import type { ProviderView } from "../../../../backend/contract/providers.ts";
import { Button, ButtonLink } from "../../parts/button.tsx";
import { connectionWords as words } from "../../words/options.ts";
import { may, useWorld } from "../context.ts";
import { optionsPath } from "../route.ts";
import { ConnectionWords } from "./connection-words.tsx";
import { CredentialForm } from "./credential-form.tsx";
import { Disconnect } from "./disconnect.tsx";
import { RenameConnection } from "./rename-connection.tsx";
import { WindowButton } from "./window-button.tsx";

type ConnectionCardProps = {
	connection: ConnectionView;
	provider: ProviderView | undefined;
	/** The address of the page names this one. */
	pointedAt: boolean;
};

/** What takes a form or a question. */
type Doing = "reconnect" | "rename" | "disconnect";

/** Reconnecting is the one thing to press there. */
const broken: ReadonlySet<ConnectionView["status"]> = new Set([
	"revoked",
	"expired",
	"expiring",
	"disconnected",
] as const);

/** One account: who it is, how it is, what it may do, and what can be done with it. */
export function ConnectionCard({ connection, provider, pointedAt }: ConnectionCardProps) {
	const world = useWorld();
	const [doing, setDoing] = useState<Doing | null>(null);
	const reconnect = async (credential: Record<string, string>) => {
		await world.client.changeConnection(connection.id, { credential });
		await world.reload();
		setDoing(null);
	};
	return (
		<li class="card item" id={`connection-${connection.id}`} data-pointed={pointedAt}>
			<ConnectionWords connection={connection} icon={provider?.icon} />
			{may(world, "connections:write") && doing !== "reconnect" && doing !== "rename" && (
				<ConnectionActions connection={connection} provider={provider} onDo={setDoing} />
			)}
			{doing === "reconnect" && provider && (
				<CredentialForm
					provider={provider}
					known={connection.settings}
					title={words.reconnectForm(provider.title)}
					note={words.reconnectNote}
					submit={words.reconnect}
					onSubmit={reconnect}
					onCancel={() => setDoing(null)}
				/>
			)}
			{doing === "rename" && <RenameConnection connection={connection} onDone={() => setDoing(null)} />}
			{doing === "disconnect" && <Disconnect connection={connection} onDone={() => setDoing(null)} />}
		</li>
	);
}

type ConnectionActionsProps = {
	connection: ConnectionView;
	provider: ProviderView | undefined;
	onDo: (doing: Doing) => void;
};

function ConnectionActions({ connection, provider, onDo }: ConnectionActionsProps) {
	return (
		<div class="item-actions">
			<Reconnect connection={connection} provider={provider} onForm={() => onDo("reconnect")} />
			{connection.status === "schema_changed" && (
				<ButtonLink look="main" href={optionsPath("targets")}>
					{words.mend}
				</ButtonLink>
			)}
			{connection.status !== "disconnected" && (
				<ButtonLink href={optionsPath("targets", "new", connection.id)}>{words.addTarget}</ButtonLink>
			)}
			{provider?.homeUrl && (
				<ButtonLink href={provider.homeUrl} newTab>
					{words.seeTables}
				</ButtonLink>
			)}
			<Button look="quiet" onPress={() => onDo("rename")}>
				{words.rename}
			</Button>
			<Button look="quiet" onPress={() => onDo("disconnect")}>
				{connection.status === "disconnected" ? words.remove : words.disconnect}
			</Button>
		</div>
	);
}

type ReconnectProps = { connection: ConnectionView; provider: ProviderView | undefined; onForm: () => void };

/** The way it was connected, while the provider still offers it. */
function Reconnect({ connection, provider, onForm }: ReconnectProps) {
	const { reload, client } = useWorld();
	if (!provider) return null;
	const look = broken.has(connection.status) ? "main" : "plain";
	if (connection.way === "oauth" && provider.ways.includes("oauth")) {
		return (
			<WindowButton
				provider={provider}
				connectionId={connection.id}
				label={words.reconnect}
				look={look}
				onConnected={() => reload()}
			/>
		);
	}
	if (provider.ways.includes("token")) {
		return (
			<Button look={look} onPress={onForm}>
				{words.reconnect}
			</Button>
		);
	}
	if (connection.status !== "disconnected") return null;
	const again = () => void client.changeConnection(connection.id, { credential: {} }).then(reload);
	return (
		<Button look={look} onPress={again}>
			{words.reconnect}
		</Button>
	);
}
