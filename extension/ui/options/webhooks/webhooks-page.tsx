import { useState } from "preact/hooks";
import type { EventHookCreated, EventHookView } from "../../../../backend/contract/events.ts";
import { Empty } from "../../parts/empty.tsx";
import { webhookWords as words } from "../../words/webhooks.ts";
import { may, useWorld } from "../context.ts";
import { RemoteView } from "../remote-view.tsx";
import { SignInNeeded } from "../sign-in-needed.tsx";
import { useRemote } from "../use-remote.ts";
import { NewWebhook } from "./new-webhook.tsx";
import { WebhookCard } from "./webhook-card.tsx";
import { WebhookSecret } from "./webhook-secret.tsx";

/** Programs that are told what happens here (SYNC-7). */
export function WebhooksPage() {
	const { settings } = useWorld();
	return (
		<>
			<p class="lead prose">{words.lead}</p>
			{settings.account ? <Webhooks /> : <SignInNeeded>{words.signIn}</SignInNeeded>}
		</>
	);
}

function Webhooks() {
	const world = useWorld();
	const { settings, client, online } = world;
	const [hooks, reload] = useRemote(`${settings.account?.workspaceId} ${online}`, () => client.eventHooks());
	const [made, setMade] = useState<EventHookCreated | null>(null);
	const writes = may(world, "connections:write");
	const changed = async (gone?: string) => {
		if (gone !== undefined && made?.id === gone) setMade(null);
		await reload();
	};
	return (
		<>
			<RemoteView remote={hooks} what={words.what} online={online} onReload={reload} lines={1}>
				{(list) => <WebhookList hooks={list} writes={writes} onChanged={changed} />}
			</RemoteView>
			{made && <WebhookSecret key={made.id} secret={made.secret} />}
			{writes && (
				<NewWebhook
					another={made !== null}
					onMade={async (hook) => {
						setMade(hook);
						await reload();
					}}
				/>
			)}
		</>
	);
}

type WebhookListProps = {
	hooks: readonly EventHookView[];
	writes: boolean;
	onChanged: (gone?: string) => Promise<void>;
};

function WebhookList({ hooks, writes, onChanged }: WebhookListProps) {
	const { account } = useWorld().settings;
	if (hooks.length === 0) {
		return (
			<div class="card">
				<Empty icon="link">{writes ? words.empty : words.emptyViewer(account?.workspaceName ?? "")}</Empty>
			</div>
		);
	}
	return (
		<ul class="stack">
			{hooks.map((hook) => (
				<WebhookCard key={hook.id} hook={hook} writes={writes} onChanged={onChanged} />
			))}
		</ul>
	);
}
