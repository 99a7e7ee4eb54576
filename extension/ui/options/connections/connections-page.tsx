import { useEffect } from "preact/hooks";
import type { ProviderView } from "../../../../backend/contract/providers.ts";
import { ButtonLink } from "../../parts/button.tsx";
import { Icon } from "../../parts/icon.tsx";
import { fileWords } from "../../words/files.ts";
import { connectionWords as words } from "../../words/options.ts";
import { type Catalog, may, useWorld } from "../context.ts";
import { RemoteView } from "../remote-view.tsx";
import { optionsPath, type Route } from "../route.ts";
import { namesOf } from "../selections/selection-state.ts";
import { useSelections } from "../selections/use-selections.ts";
import { SignInNeeded } from "../sign-in-needed.tsx";
import { ConnectPractice } from "./connect-practice.tsx";
import { ConnectionCard } from "./connection-card.tsx";
import { CredentialForm } from "./credential-form.tsx";
import { fileNameIn, isOfFiles } from "./file-kinds.ts";
import { ProviderIcon } from "./provider-icon.tsx";
import { WindowButton } from "./window-button.tsx";

/** As much as the server takes. */
const maxNameLength = 80;

type ConnectionsRoute = Extract<Route, { page: "connections" }>;

export function ConnectionsPage({ route }: { route: ConnectionsRoute }) {
	const { settings, catalog, online, reload } = useWorld();
	return (
		<>
			<p class="lead">{words.lead}</p>
			{settings.account ? (
				<RemoteView remote={catalog} what={words.what} online={online} onReload={reload}>
					{(value) => <Connected catalog={value} route={route} />}
				</RemoteView>
			) : (
				<SignInNeeded>{words.signIn}</SignInNeeded>
			)}
		</>
	);
}

function Connected({ catalog, route }: { catalog: Catalog; route: ConnectionsRoute }) {
	const world = useWorld();
	const { connections, providers } = catalog;
	const writes = may(world, "connections:write");
	const [selections] = useSelections();
	// A provider without accounts can be connected once, and is the quickest way to a first row.
	const offers = providers
		.filter(({ ways, id }) => !ways.includes("none") || !connections.some((connection) => connection.provider === id))
		.sort((one, other) => Number(other.ways.includes("none")) - Number(one.ways.includes("none")));
	useEffect(() => {
		if (route.connectionId)
			document.getElementById(`connection-${route.connectionId}`)?.scrollIntoView({ block: "center" });
	}, [route.connectionId]);
	return (
		<>
			{connections.length === 0 ? (
				<p class="muted">{writes ? words.empty : words.emptyViewer(world.settings.account?.workspaceName ?? "")}</p>
			) : (
				<ul class="stack">
					{connections.map((connection) => (
						<ConnectionCard
							key={connection.id}
							connection={connection}
							provider={providers.find((one) => one.id === connection.provider)}
							pickedBy={namesOf(selections, ({ connectionId }) => connectionId === connection.id)}
							pointedAt={connection.id === route.connectionId}
						/>
					))}
				</ul>
			)}
			{writes && (
				<section>
					<h2>{words.add}</h2>
					<ul class="offers">
						{offers.map((provider) => (
							<Offer key={provider.id} provider={provider} open={route.add === provider.id} />
						))}
					</ul>
				</section>
			)}
		</>
	);
}

/** A way to connect, and its form once it is pressed. */
function Offer({ provider, open }: { provider: ProviderView; open: boolean }) {
	const { client, reload } = useWorld();
	const ofFiles = isOfFiles(provider);
	const connect = async (credential: Record<string, string>) => {
		const fileName = fileNameIn(credential, provider);
		const named = fileName === undefined ? {} : { name: fileName.slice(0, maxNameLength) };
		const { id } = await client.createConnection({ provider: provider.id, credential, ...named });
		await connected(id);
	};
	const connected = async (connectionId: string) => {
		await reload();
		location.href = provider.receives
			? optionsPath("targets", "new", connectionId)
			: optionsPath("connections", connectionId);
	};
	if (open && provider.ways.includes("token")) {
		return (
			<li class="offer-open">
				<CredentialForm
					provider={provider}
					title={ofFiles ? fileWords.add : words.form(provider.title)}
					submit={ofFiles ? fileWords.add : words.connect(provider.title)}
					onSubmit={connect}
					onCancel={() => (location.href = optionsPath("connections"))}
				/>
			</li>
		);
	}
	return (
		<li class="card offer">
			<h3>
				{provider.ways.includes("none") ? <Icon name="archive" /> : <ProviderIcon icon={provider.icon} />}
				{provider.title}
			</h3>
			{/* The server's own words, here and in the form, which it has in English: a full stop stays behind them in any direction. */}
			<p class="muted">
				<bdi lang="en">{provider.summary}</bdi>
			</p>
			<div class="offer-foot">
				{provider.ways.includes("none") ? (
					<ConnectPractice />
				) : (
					<OfferWays provider={provider} onConnected={connected} />
				)}
			</div>
		</li>
	);
}

/** The provider's window first, where it has one; the form of a key beside it, or alone. */
function OfferWays({
	provider,
	onConnected,
}: {
	provider: ProviderView;
	onConnected: (connectionId: string) => Promise<void>;
}) {
	const form = optionsPath("connections", "add", provider.id);
	if (!provider.ways.includes("oauth")) {
		return <ButtonLink href={form}>{isOfFiles(provider) ? fileWords.add : words.connect(provider.title)}</ButtonLink>;
	}
	return (
		<>
			<WindowButton provider={provider} label={words.connectInWindow(provider.title)} onConnected={onConnected} />
			{provider.ways.includes("token") && (
				<ButtonLink look="quiet" href={form}>
					{words.byKeyInstead}
				</ButtonLink>
			)}
		</>
	);
}
