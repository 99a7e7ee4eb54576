import { useState } from "preact/hooks";
import type { ConnectionView } from "../../../../backend/contract/connections.ts";
import type { ProviderView } from "../../../../backend/contract/providers.ts";
import { Button, ButtonLink } from "../../parts/button.tsx";
import { fileWords } from "../../words/files.ts";
import { connectionWords as words } from "../../words/options.ts";
import { profileWords } from "../../words/profiles.ts";
import { selectionWords } from "../../words/selections.ts";
import { may, useWorld } from "../context.ts";
import { optionsPath } from "../route.ts";
import { ConnectionWords } from "./connection-words.tsx";
import { CredentialForm } from "./credential-form.tsx";
import { Disconnect } from "./disconnect.tsx";
import { isOfFiles } from "./file-kinds.ts";
import { ProfileChooser } from "./profile-chooser.tsx";
import { RenameConnection } from "./rename-connection.tsx";
import { WindowButton } from "./window-button.tsx";

type ConnectionCardProps = {
	connection: ConnectionView;
	provider: ProviderView | undefined;
	/** What the selections are called that pick from it; null: none. */
	pickedBy: string | null;
	/** The address of the page names this one. */
	pointedAt: boolean;
};

/** What takes a form or a question. */
type Doing = "reconnect" | "rename" | "disconnect" | "profile";

/** Reconnecting is the one thing to press there. */
const broken: ReadonlySet<ConnectionView["status"]> = new Set([
	"revoked",
	"expired",
	"expiring",
	"disconnected",
] as const);

/** One account: who it is, how it is, what it may do, and what can be done with it. */
export function ConnectionCard({ connection, provider, pickedBy, pointedAt }: ConnectionCardProps) {
	const world = useWorld();
	const [doing, setDoing] = useState<Doing | null>(asksForProfile(connection, provider) ? "profile" : null);
	const reconnect = async (credential: Record<string, string>) => {
		await world.client.changeConnection(connection.id, { credential });
		await world.reload();
		setDoing(null);
	};
	return (
		<li class="card item" id={`connection-${connection.id}`} data-pointed={pointedAt}>
			<ConnectionWords connection={connection} provider={provider} pickedBy={pickedBy} />
			{may(world, "connections:write") && doing === "profile" && provider && (
				<ProfileChooser connection={connection} provider={provider} onDone={() => setDoing(null)} />
			)}
			{may(world, "connections:write") && doing !== "reconnect" && doing !== "rename" && (
				<ConnectionActions connection={connection} provider={provider} onDo={setDoing} />
			)}
			{doing === "reconnect" && provider && (
				<CredentialForm
					provider={provider}
					known={connection.settings}
					{...reconnectWords(connection, provider)}
					onSubmit={reconnect}
					onCancel={() => setDoing(null)}
				/>
			)}
			{doing === "rename" && <RenameConnection connection={connection} onDone={() => setDoing(null)} />}
			{doing === "disconnect" && (
				<Disconnect connection={connection} provider={provider} pickedBy={pickedBy} onDone={() => setDoing(null)} />
			)}
		</li>
	);
}

/** For a file another one takes its place. */
function reconnectWords({ name }: ConnectionView, provider: ProviderView) {
	return isOfFiles(provider)
		? { title: fileWords.replaceTitle(name), note: fileWords.replaceNote, submit: fileWords.replace }
		: { title: words.reconnectForm(provider.title), note: words.reconnectNote, submit: words.reconnect };
}

/** Nothing comes from it before one of its accounts is chosen, so that is asked without a press. */
function asksForProfile({ profile, status }: ConnectionView, provider: ProviderView | undefined): boolean {
	return provider?.hasProfiles === true && profile === null && !broken.has(status);
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
			{connection.status !== "disconnected" && provider?.receives !== false && (
				<ButtonLink href={optionsPath("targets", "new", connection.id)}>{words.addTarget}</ButtonLink>
			)}
			{connection.status !== "disconnected" && provider?.receives === false && (
				<ButtonLink href={optionsPath("selections", "new")}>{selectionWords.pick}</ButtonLink>
			)}
			{provider?.hasProfiles && !broken.has(connection.status) && (
				<Button onPress={() => onDo("profile")}>
					{connection.profile === null ? profileWords.choose : profileWords.change}
				</Button>
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
				{connection.status === "disconnected" || isOfFiles(provider) ? words.remove : words.disconnect}
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
				{isOfFiles(provider) ? fileWords.replace : words.reconnect}
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
