import { useEffect, useState } from "preact/hooks";
import { browser } from "wxt/browser";
import { siteTargets } from "../../../settings/items.ts";
import { Button } from "../../parts/button.tsx";
import { Empty } from "../../parts/empty.tsx";
import { privacyWords as words } from "../../words/privacy.ts";
import { useWorld } from "../context.ts";
import { Deed } from "../deed.tsx";
import { type Allowed, bySite, onAllowed, readAllowed } from "./allowed.ts";
import { DiagnosticsSection } from "./diagnostics-section.tsx";

/** What Sheaf may see, what it keeps and where that goes, and the buttons that take it back. */
export function PrivacyPage() {
	const { settings } = useWorld();
	return (
		<>
			<p class="lead">{words.lead}</p>
			<section class="section">
				<h2>{words.reads}</h2>
				<p class="prose">{words.readsBody}</p>
			</section>
			<AllowedSites />
			<section class="section">
				<h2>{words.kept}</h2>
				<p class="prose">{words.keptBody}</p>
				{settings.account && <p class="prose">{words.keptSignOut}</p>}
				<ul class="card rows">
					<ForgetSites />
				</ul>
			</section>
			<section class="section">
				<h2>{words.pictures}</h2>
				<p class="prose">{words.picturesBody}</p>
				<p class="prose">{words.picturesCopy}</p>
				<p class="prose">{words.picturesGone}</p>
			</section>
			<section class="section">
				<h2>{words.sources}</h2>
				<p class="prose">{words.sourcesBody}</p>
				<p class="prose">{words.filesBody}</p>
			</section>
			<section class="section">
				<h2>{words.leaves}</h2>
				<p class="prose">{settings.account ? words.leavesBody(settings.serverUrl) : words.leavesGuest}</p>
			</section>
			<DiagnosticsSection />
			<Permissions />
		</>
	);
}

function AllowedSites() {
	const [allowed, setAllowed] = useState<Allowed | null>(null);
	const [said, setSaid] = useState("");
	useEffect(() => {
		const read = () => void readAllowed().then(setAllowed);
		read();
		return onAllowed(read);
	}, []);
	const takeBack = async (name: string, what: { origins?: string[]; permissions?: ["tabs"] }) => {
		if (await browser.permissions.remove(what)) setSaid(words.revoked(name));
	};
	const sites = [...bySite(allowed?.origins ?? [], words.everySite)];
	return (
		<section class="section">
			<h2>{words.sites}</h2>
			<p class="prose">{words.sitesBody}</p>
			<p class="section-said muted" role="status">
				{said}
			</p>
			{allowed && sites.length === 0 && !allowed.tabs && (
				<div class="card">
					<Empty icon="globe">{words.sitesNone}</Empty>
				</div>
			)}
			{(sites.length > 0 || allowed?.tabs) && (
				<ul class="card rows">
					{sites.map(([name, origins]) => (
						<Grant key={name} name={name} onTakeBack={() => void takeBack(name, { origins })} />
					))}
					{allowed?.tabs && (
						<Grant
							name={words.tabs}
							body={words.tabsBody}
							onTakeBack={() => void takeBack(words.tabs, { permissions: ["tabs"] })}
						/>
					)}
				</ul>
			)}
		</section>
	);
}

function Grant({ name, body = "", onTakeBack }: { name: string; body?: string; onTakeBack: () => void }) {
	return (
		<Deed title={name} body={body}>
			<Button label={words.revokeOf(name)} onPress={onTakeBack}>
				{words.revoke}
			</Button>
		</Deed>
	);
}

/** Which sites somebody captures from is told by what they chose for them, so it can be forgotten by itself. */
function ForgetSites() {
	const { settings } = useWorld();
	const [said, setSaid] = useState("");
	const count = Object.keys(settings.siteTargets).length;
	const forget = async () => {
		await siteTargets.setValue({});
		setSaid(words.forgotten);
	};
	return (
		<Deed title={words.forgetSites} body={words.forgetSitesBody(count)} said={said}>
			<Button disabled={count === 0} onPress={() => void forget()}>
				{words.forget}
			</Button>
		</Deed>
	);
}

type Explained = keyof typeof words.why;

const isExplained = (name: string): name is Explained => Object.hasOwn(words.why, name);

/** What the manifest asks for, each with its reason. */
function Permissions() {
	const asked = browser.runtime.getManifest().permissions ?? [];
	return (
		<section class="section">
			<h2>{words.permissions}</h2>
			<div class="card facts">
				{asked
					.filter((name) => isExplained(name))
					.map((name) => (
						<p class="fact" key={name}>
							<span class="mono muted">{name}</span>
							<span>{words.why[name]}</span>
						</p>
					))}
			</div>
		</section>
	);
}
